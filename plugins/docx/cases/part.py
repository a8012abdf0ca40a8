#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""part.py NAME < FILE.docx: a part of a document, one element of the second level a line, without the root's start tag.
Of word/document.xml it is what stands in the body. Without NAME the entries are listed."""
import io
import re
import sys
import zipfile

archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
if len(sys.argv) < 2:
    print('\n'.join(archive.namelist()))
    sys.exit()
text = archive.read(sys.argv[1]).decode()
text = re.sub(r'^<\?xml[^>]*>\s*<[^>]*>(<w:body>)?', '', text)
text = re.sub(r'(</w:body>)?</[^>]*>$', '', text)
starts = r"(?<!^)(<w:(p|tbl|tr|tc|sectPr|bookmarkStart|footnote|comment|num|abstractNum|lvl|style)\b[ >])"
text = re.sub(starts, r"\n\1", text)
text = re.sub(r'(?<!^)(</w:(tbl|tr|tc)>|<(Override|Default|Relationship|property|dc:|cp:|dcterms:)\b)', r'\n\1', text)
print(text)
