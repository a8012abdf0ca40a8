#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""reference.py FILE.docx [strict|unclosed|doctype|bomb]: a newsroom's reference document, or one that is wrong."""
import sys
import zipfile

W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
fault = sys.argv[2] if len(sys.argv) > 2 else ''
if fault == 'strict':
    W = 'http://purl.oclc.org/ooxml/wordprocessingml/main'
head = '<?xml version="1.0" encoding="UTF-8"?>\n' + '<!DOCTYPE x [<!ENTITY a "b">]>' * (fault == 'doctype')
parts = {
    'word/document.xml': f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:sectPr>'
                         '<w:headerReference w:type="default" r:id="rId7"/><w:pgSz w:w="10000" w:h="14000"/>'
                         '<w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" '
                         'w:footer="500" w:gutter="0"/></w:sectPr></w:body></w:document>',
    'word/_rels/document.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                                    'relationships">'
                                    f'<Relationship Id="rId7" Type="{R}/header" Target="header3.xml"/></Relationships>',
    'word/header3.xml': f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>The Daily Tide</w:t></w:r></w:p></w:hdr>',
    'word/styles.xml': f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="Standard">'
                       '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="berschrift1">'
                       '<w:name w:val="Heading 1"/></w:style></w:styles>',
    'word/numbering.xml': f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="4"/><w:num w:numId="9">'
                          '<w:abstractNumId w:val="4"/></w:num></w:numbering>',
    'word/settings.xml': f'<w:settings xmlns:w="{W}"><w:zoom w:percent="80"/><w:attachedTemplate r:id="x" '
                         f'xmlns:r="{R}"/><w:evenAndOddHeaders/></w:settings>',
}
if fault == 'unclosed':
    parts['word/styles.xml'] = parts['word/styles.xml'].replace('</w:style>', '')
if fault == 'bomb':
    parts['word/styles.xml'] += ' ' * 50_000_000
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as archive:
    for name, text in parts.items():
        archive.writestr(name, head + text)
