#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""book.py < BOOK.txt: an EPUB of the files that the text describes, each behind a line `== PATH`. What is missing is
made: the container file, and from `== metadata` and the files in their order a package document."""
import io
import re
import sys
import zipfile

CONTAINER = '''<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'''
PACKAGE = '''<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="uid">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">%s</metadata>
<manifest>%s</manifest><spine>%s</spine></package>'''
TYPES = {'xhtml': 'application/xhtml+xml', 'png': 'image/png', 'svg': 'image/svg+xml',
         'ncx': 'application/x-dtbncx+xml', 'json': 'application/json'}


def package(metadata, names):
    """A package document. nav.xhtml is the navigation, cover.png the cover; all other pages are read in their order."""
    items, spine = '', ''
    for number, name in enumerate(names):
        kind = TYPES.get(name.rpartition('.')[2], 'application/octet-stream')
        properties = {'nav.xhtml': ' properties="nav"', 'cover.png': ' properties="cover-image"'}.get(name, '')
        items += f'<item id="i{number}" href="{name}" media-type="{kind}"{properties}/>'
        if kind == TYPES['xhtml'] and not properties:
            spine += f'<itemref idref="i{number}"/>'
    return PACKAGE % (metadata, items, spine)


def book(files):
    """The bytes of an EPUB."""
    files = dict(files)
    metadata = files.pop('metadata', '<dc:title>Harbour</dc:title>')
    names = [name[6:].replace(' ', '%20') for name in files if name.startswith('OEBPS/')]
    files.setdefault('META-INF/container.xml', CONTAINER)
    files.setdefault('OEBPS/package.opf', package(metadata, names))
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('mimetype', 'application/epub+zip', zipfile.ZIP_STORED)
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


if __name__ == '__main__':
    parts = re.split(r'(?m)^== (.*)\n', sys.stdin.read())[1:]
    sys.stdout.buffer.write(book(zip(parts[::2], parts[1::2])))
