#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""epub.py NEWSCONV: bad books. Each ends with a clear error, or with the best result and a warning."""
import io
import struct
import sys
import unittest
import zipfile
from pathlib import Path

import hostile
from hostile import LIMIT, PARSE, PROJECT, UNKNOWN_INPUT

sys.path.insert(0, str(PROJECT / 'plugins/epub/cases'))
from book import book, package  # noqa: E402  (found by the line above)

PAGE = '<html><body><h1>One</h1><p>Boats sail.</p></body></html>'
UNSUPPORTED = UNKNOWN_INPUT
ENCRYPTION = '''<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
<enc:EncryptionMethod Algorithm="%s"/><enc:CipherData><enc:CipherReference URI="%s"/></enc:CipherData>
</enc:EncryptedData></encryption>'''


class Books(hostile.Hostile):
    """Books that are not what they should be."""

    def book(self, files=(), page=PAGE):
        """The file of a book with one chapter and `files`."""
        return self.file('book.epub', book({'OEBPS/one.xhtml': page, **dict(files)}))

    def reads(self, path, *warnings, text='Boats sail.'):
        """The book is read, with these warnings and no other."""
        result = self.converts(path, '-t', 'plain', '--wrap=none')
        self.assertIn(text, result.text)
        self.assertEqual(result.error.count('[WARNING]'), len(warnings), result.error)
        for warning in warnings:
            self.assertRegex(result.error, warning)

    def test_no_zip(self):
        self.refuses(PARSE, 'not a zip container', '-f', 'epub', self.file('x.epub', 'no book'))
        self.refuses(PARSE, 'not a zip container', '-f', 'epub', self.file('x.epub', ''))

    def test_truncated(self):
        whole = self.book().read_bytes()
        for length in (10, 40, len(whole) // 2, len(whole) - 10):
            self.refuses(PARSE, 'truncated', '-f', 'epub', self.file('cut.epub', whole[:length]))

    def test_wrong_checksum(self):
        path = self.book()
        data = bytearray(path.read_bytes())
        at = data.rfind(b'PK\1\2', 0, data.rfind(b'OEBPS/one.xhtml'))
        name = data.find(b'OEBPS/one.xhtml')
        for place in (at + 16, data.rfind(b'PK\3\4', 0, name) + 14):
            struct.pack_into('<I', data, place, 0x12345678)
        path.write_bytes(data)
        self.refuses(PARSE, 'one.xhtml is damaged', path)

    def test_no_container(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, 'w') as archive:
            archive.writestr('mimetype', 'application/epub+zip')
        self.refuses(PARSE, 'no META-INF/container.xml', self.file('x.epub', out.getvalue()))
        self.refuses(PARSE, 'names no package', self.book({'META-INF/container.xml': '<container/>'}))
        self.refuses(PARSE, 'names no package', self.book({'META-INF/container.xml': 'nothing'}))

    def test_no_package(self):
        container = '<container><rootfiles><rootfile full-path="gone.opf"/></rootfiles></container>'
        self.refuses(PARSE, 'gone.opf is not in the book', self.book({'META-INF/container.xml': container}))
        self.refuses(PARSE, 'is not XML', self.book({'OEBPS/package.opf': 'nothing'}))
        self.refuses(PARSE, 'has no spine', self.book({'OEBPS/package.opf': '<package/>'}))

    def test_missing_chapter(self):
        path = self.book({'OEBPS/package.opf': package('', ['one.xhtml', 'two.xhtml'])})
        self.reads(path, r'two\.xhtml is not in the book')
        path = self.book({'OEBPS/package.opf': package('', ['two.xhtml'])})
        self.refuses(PARSE, 'none of the chapters', path)

    def test_missing_item(self):
        text = package('', ['one.xhtml']).replace('</spine>', '<itemref idref="gone"/></spine>')
        self.reads(self.book({'OEBPS/package.opf': text}), 'spine names gone')

    def test_bomb(self):
        path = self.book({'OEBPS/two.xhtml': '<p>' + 'a' * 20_000_000})
        self.refuses(LIMIT, 'packed more than 100 times', '--max-unpack-ratio=100', path)
        self.refuses(LIMIT, 'more than 1000000 bytes unpacked', '--max-unpacked-bytes=1000000', path)

    def test_names_that_lead_out(self):
        path = self.book({'../out.xhtml': PAGE, '/etc/out': PAGE, 'OEBPS/../../out': PAGE})
        self.reads(path, r'entry \.\./out\.xhtml passed over', 'entry /etc/out passed', r'entry OEBPS/\.\./\.\./out')
        text = package('', ['one.xhtml', '../../../etc/passwd.xhtml'])
        self.reads(self.book({'OEBPS/package.opf': text}), 'passwd.xhtml is not in the book')

    def test_one_name_twice(self):
        path = self.book()
        with zipfile.ZipFile(path, 'a') as archive:
            with self.assertWarns(UserWarning):
                archive.writestr('OEBPS/one.xhtml', '<p>Second</p>')
        self.reads(path, 'second entry OEBPS/one.xhtml')

    def test_encrypted_fonts(self):
        for algorithm in ('http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC'):
            lock = ENCRYPTION % (algorithm, 'OEBPS/f.otf')
            self.reads(self.book({'OEBPS/f.otf': 'x', 'META-INF/encryption.xml': lock}))

    def test_encrypted_chapters(self):
        lock = ENCRYPTION % ('http://www.w3.org/2001/04/xmlenc#aes128-cbc', 'OEBPS/one.xhtml')
        for name, scheme in (('x', 'xmlenc#aes128-cbc'), ('license.lcpl', 'Readium LCP'), ('rights.xml', 'Adobe ADEPT'),
                             ('sinf.xml', 'Apple FairPlay')):
            path = self.book({'META-INF/encryption.xml': lock, f'META-INF/{name}': 'x'})
            self.refuses(UNSUPPORTED, f'encrypted with .*{scheme}', path)

    def test_zip_password(self):
        path = self.book()
        data = bytearray(path.read_bytes())
        name = data.find(b'OEBPS/one.xhtml')
        data[data.rfind(b'PK\3\4', 0, name) + 6] |= 1
        data[data.rfind(b'PK\1\2', 0, data.rfind(b'OEBPS/one.xhtml')) + 8] |= 1
        path.write_bytes(data)
        self.refuses(UNSUPPORTED, 'zip password', path)

    def test_entities(self):
        laughs = ''.join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(20))
        head = f'<!DOCTYPE package [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
        text = package('<dc:title>The &a20; ferry &f; &amp; boat</dc:title>', ['one.xhtml'])
        result = self.converts(self.book({'OEBPS/package.opf': head + text}), '-t', 'plain', '-s')
        self.assertIn('The ferry & boat', result.text)
        self.assertRegex(result.error, 'entity &a20; dropped')
        text = '<!DOCTYPE package PUBLIC "x" "http://example.org/x.dtd">' + package('', ['one.xhtml'])
        self.reads(self.book({'OEBPS/package.opf': text}))

    def test_deep_package(self):
        self.refuses(PARSE, 'is not XML|has no spine', self.book({'OEBPS/package.opf': '<a>' * 100_000}))

    def test_many_entries(self):
        out = io.BytesIO(self.book().read_bytes())
        with zipfile.ZipFile(out, 'a', zipfile.ZIP_STORED) as archive:
            for number in range(99_000):
                archive.writestr(zipfile.ZipInfo(f'x/{number}'), '')
        path = self.file('many.epub', out.getvalue())
        self.reads(path)
        self.refuses(LIMIT, 'more than 90000 entries', '--max-entries=90000', path)

    def test_paths(self):
        for name, href in (('hafen über.xhtml', 'hafen%20%C3%BCber.xhtml'), ('hafen über.xhtml', 'hafen über.xhtml'),
                           ('u\u0308.xhtml', 'u\u0308.xhtml')):
            text = package('', ['one.xhtml', href])
            self.reads(self.book({'OEBPS/package.opf': text, f'OEBPS/{name}': '<p>Hafen</p>'}), text='Hafen')

    def test_wrong_case(self):
        text = package('', ['ONE.xhtml'])
        self.reads(self.book({'OEBPS/package.opf': text}), r'OEBPS/ONE\.xhtml is spelt OEBPS/one\.xhtml')

    def test_foreign_chapters(self):
        items = ('<item id="a" href="a.json" media-type="application/json" fallback="i0"/>'
                 '<item id="b" href="b.json" media-type="application/json"/>')
        text = package('', ['one.xhtml']).replace('</manifest>', items + '</manifest>')
        text = text.replace('<itemref idref="i0"/>', '<itemref idref="a"/><itemref idref="b"/>')
        self.reads(self.book({'OEBPS/package.opf': text}), 'b.json left out')


if __name__ == '__main__':
    hostile.NEWSCONV = Path(sys.argv.pop(1)).resolve()
    unittest.main()
