#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""hostile.py NEWSCONV [--slow]: bad input, bad files and bad plugins. Each ends with a clear error, or with the best
result and a warning: never with a crash, a hang, half an output file or a temporary file left behind."""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

NEWSCONV = Path('newsconv')
PROJECT = Path(__file__).resolve().parent.parent.parent

IO, LIMIT, USAGE, UNKNOWN_INPUT, UNKNOWN_OUTPUT, PARSE = 1, 4, 6, 21, 22, 64


class Result:
    """What a run gave."""

    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout
        self.error = done.stderr.decode('utf-8', 'replace')

    @property
    def text(self):
        """The output. What is no UTF-8 fails the test here."""
        return self.out.decode('utf-8')


class Hostile(unittest.TestCase):
    """A folder for each test, and the ways to run newsconv in it."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix='newsconv-hostile-')
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_newsconv(self, *words, stdin=b'', timeout=120, **settings):
        env = {'PATH': os.environ['PATH'], 'HOME': str(self.folder), 'LC_ALL': 'C.UTF-8'}
        env.update({name: os.environ[name] for name in os.environ if name.endswith('SAN_OPTIONS')})
        env.update(settings.pop('env', {}))
        done = subprocess.run([str(NEWSCONV), *map(str, words)], input=stdin, capture_output=True, check=False, env=env,
                              cwd=self.folder, timeout=timeout, **settings)
        result = Result(done)
        self.assertGreaterEqual(done.returncode, 0, f'killed by signal {-done.returncode}: {done.stderr[-2000:]}')
        self.assertNotIn('Sanitizer', result.error)
        self.assertNotIn('runtime error', result.error)
        return result

    def converts(self, *words, **settings):
        """The run succeeds."""
        result = self.run_newsconv(*words, **settings)
        self.assertEqual(result.status, 0, result.error)
        return result

    def refuses(self, status, message, *words, **settings):
        """The run fails with that status and a message that has those words, and leaves nothing behind."""
        before = sorted(self.folder.iterdir())
        result = self.run_newsconv(*words, **settings)
        self.assertEqual(result.status, status, result.error)
        self.assertRegex(result.error, message)
        self.assertLess(len(result.error), 2000)
        self.assertEqual(sorted(self.folder.iterdir()), before, 'a file was left behind')
        return result


class Files(Hostile):
    """Inputs and outputs that are not what they should be."""

    def test_empty_file(self):
        for name in ('empty.txt', 'empty.html'):
            self.converts(self.file(name, ''), '-o', f'{name}.docx')
            self.assertGreater((self.folder / f'{name}.docx').stat().st_size, 1000)

    def test_empty_json(self):
        self.refuses(PARSE, 'empty.json', self.file('empty.json', ''), '-o', 'out.docx')

    def test_directory(self):
        (self.folder / 'folder.html').mkdir()
        self.refuses(IO, 'folder.html.*directory', 'folder.html', '-o', 'out.docx')

    def test_missing_file(self):
        self.refuses(IO, 'missing.html.*[Nn]o such file', 'missing.html', '-o', 'out.docx')

    def test_second_input_missing(self):
        self.refuses(IO, 'missing.html', self.file('first.html', '<p>First</p>'), 'missing.html', '-o', 'out.docx')

    def test_unreadable_file(self):
        path = self.file('secret.html', '<p>x</p>')
        path.chmod(0)
        self.folder.chmod(0o755)
        user = {'user': 'nobody'} if os.geteuid() == 0 else {}
        try:
            subprocess.run([str(NEWSCONV), '--version'], check=True, capture_output=True, **user)
        except (OSError, subprocess.CalledProcessError):
            self.skipTest('nobody cannot run the program where it lies')
        self.refuses(IO, 'secret.html.*[Pp]ermission denied', 'secret.html', '-t', 'plain', **user)

    def test_output_folder_missing(self):
        self.refuses(IO, 'nowhere/out.docx', self.file('a.txt', 'a'), '-o', 'nowhere/out.docx')

    def test_output_is_directory(self):
        (self.folder / 'out.docx').mkdir()
        self.refuses(IO, 'out.docx.*directory', self.file('a.txt', 'a'), '-o', 'out.docx')

    def test_full_disk(self):
        self.file('a.html', '<p>word </p>' * 10000)
        for form in ('html', 'plain', 'docx', 'json'):
            self.refuses(IO, '[Nn]o space left', 'a.html', '-t', form, '-o', '/dev/full')
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([NEWSCONV, 'a.html', '-t', 'html'], stdout=full, stderr=subprocess.PIPE, check=False,
                                  cwd=self.folder)
        self.assertEqual((done.returncode, b'No space left' in done.stderr), (IO, True), done.stderr)

    def test_failed_conversion_keeps_old_output(self):
        old = self.file('out.html', 'old')
        self.refuses(PARSE, 'bad.json', self.file('bad.json', '{'), '-o', old)
        self.assertEqual(old.read_text(), 'old')

    def test_reader_of_output_goes_away(self):
        self.file('a.html', '<p>word </p>' * 100000)
        done = subprocess.run(['sh', '-c', f'{NEWSCONV} a.html -t html | head -c 10'], cwd=self.folder, timeout=60,
                              capture_output=True, check=False)
        self.assertEqual(len(done.stdout), 10)

    def test_new_file_has_usual_permissions(self):
        self.converts(self.file('a.txt', 'a'), '-o', 'out.html', preexec_fn=lambda: os.umask(0o027))
        self.assertEqual((self.folder / 'out.html').stat().st_mode & 0o777, 0o640)

    def test_unknown_formats_and_options(self):
        self.refuses(UNKNOWN_INPUT, 'html', '-f', 'htlm', stdin=b'a')
        self.refuses(UNKNOWN_OUTPUT, 'docx', '-t', 'dcox', stdin=b'a')
        self.refuses(USAGE, 'standalone', '--standalon=true=', stdin=b'a')


class Content(Hostile):
    """Bytes that are not what they claim to be."""

    def test_truncated_html(self):
        page = (PROJECT / 'samples/island-winter.html').read_bytes()
        for length in range(0, len(page), 61):
            self.converts('-f', 'html', '-t', 'native', stdin=page[:length])

    def test_truncated_json(self):
        tree = self.converts(PROJECT / 'samples/island-winter.html', '-t', 'json').out
        for length in range(0, len(tree) - 2, len(tree) // 40):
            self.refuses(PARSE, '.', '-f', 'json', '-t', 'native', stdin=tree[:length])

    def test_json_that_is_no_tree(self):
        for text in ('null', '[]', '{}', '"text"', '1e999', '{"blocks": 1}', '{"a": [}', '{"blocks":[{"t":"Nothing"}]}',
                     '{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":{}}]}',
                     '{"pandoc-api-version":[9,9],"meta":{},"blocks":[]}', '\\u0000', '[[[[' * 1000):
            self.refuses(PARSE, '.', '-f', 'json', '-t', 'html', stdin=text.encode())

    def test_deep_html(self):
        for tag in ('div', 'blockquote', 'b', 'span', 'ul><li', 'table><tr><td', 'font'):
            page = f'<{tag}>' * 100000 + 'deep'
            result = self.converts('-f', 'html', '-t', 'plain', '--article=never', stdin=page.encode())
            self.assertIn('deep', result.text)

    DEEP_TREE = ('{"pandoc-api-version":[1,23],"meta":{},"blocks":[' + '{"t":"BlockQuote","c":[' * 100000 +
                 ']}' * 100000 + ']}').encode()

    def test_deep_json(self):
        self.refuses(LIMIT, 'depth|deeper', '-f', 'json', '-t', 'html', stdin=self.DEEP_TREE)

    def test_deep_tree_where_allowed(self):
        result = self.converts('-f', 'json', '-t', 'json', '--max-depth=2M', stdin=self.DEEP_TREE)
        self.assertEqual(result.out.count(b'BlockQuote'), 100000)

    def test_nul_bytes(self):
        for form in ('html', 'text'):
            result = self.converts('-f', form, '-t', 'plain', '--standalone=false', stdin=b'<p>before\0after</p>')
            self.assertNotIn('\0', result.text)
            self.assertIn('before', result.text)
            self.assertIn('after', result.text)

    def test_control_characters_do_not_reach_documents(self):
        text = ''.join(map(chr, range(1, 32))) + '\x7f\x80\x9f\ufffe'
        self.converts('-f', 'text', '-o', 'out.docx', stdin=('words ' + text + ' words').encode())

    def test_binary_garbage_as_html(self):
        garbage = bytes((i * 7919 >> 3) & 255 for i in range(60000))
        self.file('garbage.html', garbage)
        for form in ('html', 'plain', 'json'):
            self.converts('garbage.html', '-t', form)
        self.converts('garbage.html', '-o', 'garbage.docx')

    def test_other_file_as_html(self):
        self.converts(self.file('picture.html', (PROJECT / 'samples/ferry-passengers.png').read_bytes()), '-t', 'json')

    def test_hostile_numbers(self):
        huge = '9007199254740991'
        page = (f'<table><tr><td colspan={huge} rowspan={huge}>a<td>b</table><ol start={huge}99><li>c</ol>'
                f'<table><colgroup span={huge}><tr><td>d</table><img src=x width={huge} height=-1>')
        for form in ('html', 'json', 'plain', 'native'):
            self.converts('-f', 'html', '-t', form, stdin=page.encode())
        self.converts('-f', 'html', '-o', 'out.docx', stdin=page.encode())

    def test_files_outside_the_resource_path(self):
        (self.folder / 'inside').mkdir()
        picture = (PROJECT / 'samples/ferry-passengers.png').read_bytes()
        (self.folder / 'outside.png').write_bytes(picture)
        (self.folder / 'inside/link.png').symlink_to(self.folder / 'outside.png')
        for source in ('/etc/passwd', '../outside.png', 'link.png', 'file:///etc/passwd', '%2e%2e/outside.png'):
            page = self.folder / 'inside/page.html'
            page.write_text(f'<p>before <img src="{source}" alt="the picture"> after</p>')
            result = self.converts('inside/page.html', '-o', 'out.docx')
            self.assertRegex(result.error, 'WARNING|warning', source)
            self.assertNotIn(picture[40:400], (self.folder / 'out.docx').read_bytes())


class Encodings(Hostile):
    """Every encoding of the Encoding Standard, declared, given, wrong."""

    SENTENCES = {
        'Härbör, ærlig, œuvre': 'windows-1252 macintosh',
        'Žluťoučký kůň': 'iso-8859-2 windows-1250',
        'Ĉiuĵaŭde': 'iso-8859-3',
        'Ģirts, Šķēle': 'iso-8859-4 iso-8859-13 windows-1257',
        'Паром вернулся': 'ibm866 iso-8859-5 koi8-r koi8-u windows-1251 x-mac-cyrillic',
        'عادت العبارة': 'iso-8859-6 windows-1256',
        'Το πλοίο': 'iso-8859-7 windows-1253',
        'המעבורת': 'iso-8859-8 windows-1255 iso-8859-8-i',
        'İstanbul’da': 'windows-1254',
        'Sámi, Þór': 'iso-8859-10',
        'Ŵyr': 'iso-8859-14',
        'Œuvre à 5 €': 'iso-8859-15',
        'Țară, Ștefan': 'iso-8859-16',
        'เรือข้ามฟาก': 'windows-874',
        'Đà Nẵng': '',
        '渡轮回来了': 'gbk gb18030 gb2312',
        '渡輪回來了': 'big5',
        'フェリーが戻った': 'euc-jp iso-2022-jp shift_jis',
        '여객선': 'euc-kr',
        'Fähre – паром': 'utf-8',
    }
    PYTHON = {'macintosh': 'mac-roman', 'x-mac-cyrillic': 'mac-cyrillic', 'windows-874': 'cp874', 'ibm866': 'cp866',
              'iso-8859-8-i': 'iso-8859-8', 'gb2312': 'gbk', 'euc-kr': 'cp949'}

    def pairs(self):
        for sentence, labels in self.SENTENCES.items():
            for label in labels.split():
                yield label, sentence, sentence.encode(self.PYTHON.get(label, label))

    def test_declared_in_the_page(self):
        for label, sentence, encoded in self.pairs():
            with self.subTest(label):
                page = f'<!DOCTYPE html><meta charset="{label}"><p>'.encode() + encoded + b'</p>'
                self.assertIn(sentence, self.converts('-f', 'html', '-t', 'plain', stdin=page).text)

    def test_given_by_the_user(self):
        for label, sentence, encoded in self.pairs():
            with self.subTest(label):
                result = self.converts('-f', 'text', '-t', 'plain', f'--from-encoding={label}', stdin=encoded + b'.')
                self.assertIn(sentence, result.text)

    def test_byte_order_marks(self):
        for encoding in ('utf-8-sig', 'utf-16'):
            page = '<p>Fähre – паром</p>'.encode(encoding)
            self.assertIn('Fähre – паром', self.converts('-f', 'html', '-t', 'plain', stdin=page).text)

    def test_utf16_without_mark_given(self):
        for label in ('utf-16le', 'utf-16be'):
            result = self.converts('-f', 'text', '-t', 'plain', f'--from-encoding={label}', stdin='Паром'.encode(label))
            self.assertIn('Паром', result.text)

    def test_latin1_is_windows_1252(self):
        page = b'<meta charset="iso-8859-1"><p>\x93quoted\x94 \x96 5 \x80</p>'
        self.assertIn('“quoted” – 5 €', self.converts('-f', 'html', '-t', 'plain', stdin=page).text)

    def test_mislabelled(self):
        page = '<meta charset="utf-8"><p>plain words, Häfen here</p>'.encode('latin-1')
        result = self.converts('-f', 'html', '-t', 'plain', stdin=page)
        self.assertRegex(result.text, 'plain words, H[ä\ufffd]fen here')
        self.assertRegex(result.error, '[Ww]arning|WARNING')

    def test_unknown_label(self):
        page = '<meta charset="x-nonsense"><p>Fähre</p>'.encode()
        self.assertIn('Fähre', self.converts('-f', 'html', '-t', 'plain', stdin=page).text)
        self.refuses(USAGE, 'x-nonsense', '-f', 'text', '--from-encoding=x-nonsense', stdin=b'a')

    def test_every_byte_in_every_encoding(self):
        everything = bytes(range(256)) * 3
        for label, _, _ in self.pairs():
            with self.subTest(label):
                self.converts('-f', 'text', '-t', 'json', f'--from-encoding={label}', stdin=everything)


class Plugins(Hostile):
    """Modules that are broken, too old, or from somebody who guessed."""

    def module(self, name, source):
        path = self.folder / 'plugins' / name
        path.parent.mkdir(exist_ok=True)
        command = ['cc', '-shared', '-fPIC', f'-I{PROJECT}', '-x', 'c', '-', '-o', path]
        subprocess.run(command, input=source.encode(), check=True, capture_output=True)
        return path

    def is_named(self, name):
        """The message names the file, whatever was asked for from it."""
        result = self.run_newsconv('--plugin-dir=plugins', '--list-plugins')
        self.assertIn(name, result.error)
        result = self.run_newsconv('--plugin-dir=plugins', '-f', 'odd', '-t', 'plain', stdin=b'a')
        self.assertNotEqual(result.status, 0)
        self.assertIn(name, result.error)

    def test_garbage(self):
        (self.folder / 'plugins').mkdir()
        (self.folder / 'plugins/odd.so').write_bytes(b'no library' * 100)
        self.is_named('odd.so')

    def test_empty_and_truncated(self):
        self.module('whole.so', 'int unrelated;')
        whole = (self.folder / 'plugins/whole.so').read_bytes()
        (self.folder / 'plugins/whole.so').unlink()
        for length in (0, 4, 64, 1000, len(whole) // 2):
            (self.folder / 'plugins/odd.so').write_bytes(whole[:length])
            self.is_named('odd.so')

    def test_without_symbol(self):
        self.module('odd.so', 'int unrelated;')
        self.is_named('odd.so')

    def test_other_abi(self):
        for abi, size in (('NC_PLUGIN_ABI + 1', 'sizeof(nc_node)'), ('0', 'sizeof(nc_node)'), ('NC_PLUGIN_ABI', '56')):
            self.module('odd.so', '#include "core/plugin.h"\n'
                        'static const nc_format odd = { .name = "odd" };\n'
                        f'const nc_plugin_info nc_plugin = {{ {abi}, {size},\n'
                        '    (const nc_format *const[]){ &odd, 0 } };')
            self.is_named('odd.so')

    def test_missing_library(self):
        self.module('odd.so', 'extern int nowhere_defined(void); int (*call)(void) = nowhere_defined;')
        self.is_named('odd.so')

    def test_missing_folder(self):
        result = self.run_newsconv('--plugin-dir=nowhere', '-f', 'text', '-t', 'plain', stdin=b'a')
        self.assertTrue(result.status == 0 or 'nowhere' in result.error)


class Slow(Hostile):
    """What takes more than a few seconds."""

    def test_long_line(self):
        line = b'word ' * (200 * 1024 * 1024 // 5)
        for form in ('text', 'html'):
            result = self.converts('-f', form, '-t', 'plain', '--wrap=none', '--raw', stdin=line, timeout=300)
            self.assertGreater(len(result.out), len(line) * 9 // 10)

    def test_long_word(self):
        self.converts('-f', 'html', '-t', 'plain', stdin=b'x' * (50 * 1024 * 1024), timeout=300)

    def test_limits(self):
        page = b'<p>word <b>bold</b> and more</p>' * 200000
        for limit in ('--max-nodes=1000', '--max-memory=1M', '--max-input-bytes=1000', '--max-output-bytes=1000'):
            self.refuses(LIMIT, limit[2:].split('=')[0].replace('max-', '').split('-')[0], '-f', 'html', '-t', 'html',
                         limit, '-o', 'out.html', stdin=page)

    def test_deep_html_through_every_writer(self):
        page = ('<div>' * 100000 + 'deep').encode()
        forms = self.converts('--list-output-formats').text.split()
        for form in forms:
            words = ['-f', 'html', '-t', form, '-o', f'out.{form}', '--max-depth=200K', '--article=never']
            if form == 'native':    # it indents: its size grows with the square of the depth
                self.refuses(LIMIT, 'output larger', *words, '--max-output-bytes=50M', stdin=page)
            else:
                self.converts(*words, stdin=page, timeout=300)


def main():
    global NEWSCONV
    NEWSCONV = Path(sys.argv[1]).resolve()
    slow = '--slow' in sys.argv
    groups = [Slow] if slow else [Files, Content, Encodings, Plugins]
    loader = unittest.TestLoader()
    only = [word for word in sys.argv[2:] if not word.startswith('-')]
    if only:
        loader.testNamePatterns = [f'*{word}*' for word in only]
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(group) for group in groups)
    sys.exit(not unittest.TextTestRunner(verbosity=2 if only else 1).run(suite).wasSuccessful())


if __name__ == '__main__':
    main()
