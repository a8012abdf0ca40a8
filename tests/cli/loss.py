#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""loss.py NEWSCONV [FORMAT…]: nothing is lost silently.

Each row of the table is a document that has some kind of node or field, and one that is the same without it. For each
writer: either the two outputs differ, so it arrives, or a message (--verbose) says that it does not. And a document of
which all arrives gives no warning."""
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

EMPTY = ['', [], []]


# ---------------------------------------------------------------- pandoc's tree, as far as the table needs it

def node(kind, *content):
    if not content:
        return {'t': kind}
    return {'t': kind, 'c': content[0] if len(content) == 1 else list(content)}


def words(text):
    out = []
    for word in text.split():
        out += [node('Space')] * bool(out) + [node('Str', word)]
    return out


def para(*inlines):
    return node('Para', list(inlines))


def plain(text):
    return node('Plain', words(text))


def attr(identifier='', classes=(), **pairs):
    return [identifier, list(classes), [[key, value] for key, value in pairs.items()]]


def cell(text, attributes=EMPTY, alignment='AlignDefault', rows=1, columns=1):
    return [attributes, node(alignment), rows, columns, [plain(text)]]


def row(*cells, attributes=EMPTY):
    return [attributes, list(cells)]


def table(attributes=EMPTY, caption=(None, []), columns=None, head=None, bodies=None, foot=None):
    columns = columns or [[node('AlignDefault'), node('ColWidthDefault')]] * 2
    head = head or [EMPTY, [row(cell('one'), cell('two'))]]
    bodies = bodies or [[EMPTY, 0, [], [row(cell('three'), cell('four')), row(cell('five'), cell('six'))]]]
    return node('Table', attributes, list(caption), columns, head, bodies, foot or [EMPTY, []])


def figure(attributes=EMPTY, short=None, long=()):
    return node('Figure', attributes, [short, list(long)], [plain('in the figure')])


def citation(identifier='key', prefix=(), suffix=(), mode='NormalCitation'):
    return {'citationId': identifier, 'citationPrefix': list(prefix), 'citationSuffix': list(suffix),
            'citationMode': node(mode), 'citationNoteNum': 0, 'citationHash': 0}


def cite(**fields):
    return para(node('Cite', [citation(**fields)], words('[cited]')))


def ordered(start=1, style='Decimal', delimiter='Period'):
    return node('OrderedList', [start, node(style), node(delimiter)], [[plain('first')], [plain('second')]])


def document(blocks, meta=None):
    return {'pandoc-api-version': [1, 23, 1], 'meta': meta or {}, 'blocks': blocks}


# ---------------------------------------------------------------- the table

TEXT = words('plain words')
IMAGE = ('data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJ'
         'RU5ErkJggg==')


def attributes_of(name, make):
    """Rows for identifier, classes and pairs of what `make` makes."""
    without = [make(EMPTY)]
    yield f'{name}, identifier', [make(attr('marked'))], without
    yield f'{name}, class', [make(attr('', ['marked']))], without
    yield f'{name}, attribute', [make(attr(marked='value'))], without


def with_attributes():
    link = ['https://example.com/there', '']
    body = [row(cell('three'), cell('four'))]
    for name, make in {
        'CodeBlock': lambda a: node('CodeBlock', a, 'code'),
        'Header': lambda a: node('Header', 2, a, TEXT),
        'Div': lambda a: node('Div', a, [para(*TEXT)]),
        'Code': lambda a: para(node('Code', a, 'code')),
        'Link': lambda a: para(node('Link', a, TEXT, link)),
        'Image': lambda a: para(node('Image', a, TEXT, [IMAGE, ''])),
        'Span': lambda a: para(node('Span', a, TEXT)),
        'Figure': lambda a: figure(a),
        'Table': lambda a: table(a),
        'TableHead': lambda a: table(head=[a, [row(cell('one'), cell('two'))]]),
        'TableBody': lambda a: table(bodies=[[a, 0, [], body]]),
        'TableFoot': lambda a: table(foot=[a, [row(cell('one'), cell('two'))]]),
        'Row': lambda a: table(head=[EMPTY, [row(cell('one'), cell('two'), attributes=a)]]),
        'Cell': lambda a: table(head=[EMPTY, [row(cell('one', a), cell('two'))]]),
    }.items():
        yield from attributes_of(name, make)


def blocks():
    quote = [para(*TEXT)]
    yield 'Plain', [plain('words')], []
    yield 'Para', quote, []
    yield 'LineBlock', [node('LineBlock', [words('one line'), words('another')])], [para(*words('one line another'))]
    yield 'CodeBlock', [node('CodeBlock', EMPTY, 'some  code')], []
    yield 'RawBlock of another format', [node('RawBlock', 'elsewhere', 'marked')], []
    yield 'BlockQuote', [node('BlockQuote', quote)], quote
    yield 'BulletList', [node('BulletList', [quote])], quote
    yield 'DefinitionList', [node('DefinitionList', [[TEXT, [quote]]])], [para(*TEXT)] + quote
    yield 'Header', [node('Header', 1, EMPTY, TEXT)], [para(*TEXT)]
    yield 'Header, level', [node('Header', 5, EMPTY, TEXT)], [para(*TEXT)]
    yield 'HorizontalRule', [node('HorizontalRule')], []
    yield 'OrderedList', [ordered()], quote
    yield 'OrderedList, start', [ordered(start=7)], [ordered()]
    for style in 'Example LowerRoman UpperRoman LowerAlpha UpperAlpha'.split():
        yield f'OrderedList, {style}', [ordered(style=style)], [ordered()]
    for delimiter in 'OneParen', 'TwoParens':
        yield f'OrderedList, {delimiter}', [ordered(delimiter=delimiter)], [ordered()]


def tables():
    center = [[node('AlignCenter'), node('ColWidthDefault')]] * 2
    wide = [[node('AlignDefault'), node('ColWidth', 0.3)], [node('AlignDefault'), node('ColWidth', 0.6)]]
    body = [row(cell('three'), cell('four'))]
    spanned = [row(cell('three', columns=2)), row(cell('five'), cell('six'))]
    tall = [row(cell('three', rows=2), cell('four')), row(cell('six'))]
    yield 'Figure', [figure()], []
    yield 'Figure, caption', [figure(long=[plain('marked')])], [figure()]
    yield 'Figure, short caption', [figure(short=words('short'), long=[plain('long')])], [figure(long=[plain('long')])]
    yield 'Table', [table()], []
    yield 'Table, caption', [table(caption=(None, [plain('marked')]))], [table()]
    yield ('Table, short caption', [table(caption=(words('short'), [plain('long')]))],
           [table(caption=(None, [plain('long')]))])
    yield 'Table, column alignment', [table(columns=center)], [table()]
    yield 'Table, column width', [table(columns=wide)], [table()]
    single, double = [table(bodies=[[EMPTY, 0, [], body]])], [table(bodies=[[EMPTY, 0, [], body * 2]])]
    yield 'Table, several bodies', [table(bodies=[[EMPTY, 0, [], body]] * 2)], double
    yield 'Table, row heads', [table(bodies=[[EMPTY, 1, [], body]])], single
    yield 'Table, head of a body', [table(bodies=[[EMPTY, 0, body, body]])], double
    yield 'Table, foot', [table(foot=[EMPTY, body])], [table()]
    yield 'Cell, alignment', [table(bodies=[[EMPTY, 0, [], [row(cell('a', alignment='AlignRight'), cell('b'))]]])], \
        [table(bodies=[[EMPTY, 0, [], [row(cell('a'), cell('b'))]]])]
    yield 'Cell, columns', [table(bodies=[[EMPTY, 0, [], spanned]])], \
        [table(bodies=[[EMPTY, 0, [], [row(cell('three'), cell('')), spanned[1]]]])]
    yield 'Cell, rows', [table(bodies=[[EMPTY, 0, [], tall]])], \
        [table(bodies=[[EMPTY, 0, [], [row(cell('three'), cell('four')), row(cell(''), cell('six'))]]])]


def inlines():
    for kind in 'Emph Underline Strong Strikeout Superscript Subscript SmallCaps'.split():
        yield kind, [para(node(kind, TEXT))], [para(*TEXT)]
    for kind in 'SingleQuote', 'DoubleQuote':
        yield f'Quoted, {kind}', [para(node('Quoted', node(kind), TEXT))], [para(*TEXT)]
    yield 'Str', [para(node('Str', 'marked'))], [para(node('Str', 'other'))]
    yield 'Code', [para(node('Code', EMPTY, 'marked'))], [para(node('Code', EMPTY, 'other'))]
    yield 'LineBreak', [para(*TEXT, node('LineBreak'), *TEXT)], [para(*TEXT, node('Space'), *TEXT)]
    for kind in 'InlineMath', 'DisplayMath':
        yield f'Math, {kind}', [para(node('Math', node(kind), 'x^2'))], [para(node('Math', node(kind), 'y_3'))]
    yield 'Math, display', *([para(*TEXT, node('Math', node(kind), 'x'))] for kind in ('DisplayMath', 'InlineMath'))
    yield 'RawInline of another format', [para(*TEXT, node('RawInline', 'elsewhere', 'marked'))], [para(*TEXT)]
    yield 'Link', [para(node('Link', EMPTY, TEXT, ['https://example.com/', '']))], [para(*TEXT)]
    yield 'Link, title', [para(node('Link', EMPTY, TEXT, ['https://example.com/', 'marked']))], \
        [para(node('Link', EMPTY, TEXT, ['https://example.com/', '']))]
    picture = [para(node('Image', EMPTY, TEXT, [IMAGE, '']))]
    yield 'Image', picture, [para(*TEXT)]
    yield 'Image, description', picture, [para(node('Image', EMPTY, [], [IMAGE, '']))]
    yield 'Image, title', [para(node('Image', EMPTY, TEXT, [IMAGE, 'marked']))], picture
    yield 'Note', [para(*TEXT, node('Note', [para(*TEXT)]))], [para(*TEXT)]
    yield 'Cite', [cite()], []
    yield 'Cite, identifier', [cite(identifier='marked')], [cite()]
    yield 'Cite, prefix', [cite(prefix=words('marked'))], [cite()]
    yield 'Cite, suffix', [cite(suffix=words('marked'))], [cite()]
    yield 'Cite, mode', [cite(mode='SuppressAuthor')], [cite()]


def metadata():
    inline = node('MetaInlines', words('marked words'))
    for key in ('title subtitle author date lang source byline publisher rights description keywords dateline '
                'house').split():
        value = node('MetaInlines', words('2026-10-15')) if key == 'date' else inline
        value = node('MetaInlines', words('de')) if key == 'lang' else value
        yield f'metadata, {key}', {key: value}
    yield 'metadata, list', {'author': node('MetaList', [inline, inline])}
    yield 'metadata, string', {'house': node('MetaString', 'marked')}
    yield 'metadata, true', {'house': node('MetaBool', True)}
    yield 'metadata, blocks', {'abstract': node('MetaBlocks', [para(*TEXT)])}
    yield 'metadata, map', {'house': node('MetaMap', {'style': inline})}


# (writer, row): why neither an arrival nor a message is wanted.
IN_THE_TEXT = 'what a citation says is in the text that it holds'
TEMPLATE = 'which metadata a page prints is for its template to say'
NOT_A_LOSS = {
    ('html', 'Cite, prefix'): IN_THE_TEXT,
    ('html', 'Cite, suffix'): IN_THE_TEXT,
    ('html', 'Cite, mode'): IN_THE_TEXT,
    **{('html', f'metadata, {key}'): TEMPLATE for key in 'rights house string true map'.split()},
    **{('plain', f'metadata, {key}'): TEMPLATE
       for key in 'lang source publisher rights description keywords house string true blocks map'.split()},
}


def rows():
    frame = [para(*words('before')), para(*words('after'))]
    for make in (blocks, tables, inlines, with_attributes):
        for name, having, lacking in make():
            yield name, document([frame[0], *having, frame[1]]), document([frame[0], *lacking, frame[1]])
    for name, meta in metadata():
        title = {} if 'title' in meta else {'title': node('MetaInlines', TEXT)}
        yield name, document(frame, {**title, **meta}), document(frame, title)


# ---------------------------------------------------------------- the test

def convert(newsconv, form, tree, *more):
    """The output, unpacked, and what was said."""
    with tempfile.TemporaryDirectory(prefix='newsconv-loss-') as folder:
        out = Path(folder) / 'out'
        done = subprocess.run([newsconv, '-f', 'json', '-t', form, '-o', out, *more], cwd=folder, check=False,
                              input=json.dumps(tree).encode(), capture_output=True)
        if done.returncode:
            return b'', f'status {done.returncode}: {done.stderr.decode()}'
        content = out.read_bytes()
    if content[:2] == b'PK':
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = b'\n'.join(name.encode() + package.read(name) for name in sorted(package.namelist()))
    return content, done.stderr.decode()


def judge(newsconv, form, name, having, lacking):
    """A sentence about what is wrong, or nothing."""
    found, said = convert(newsconv, form, having, '--verbose')
    other, _ = convert(newsconv, form, lacking)
    if said.startswith('status'):
        return f'{form}: {name}: {said}'
    if (form, name) in NOT_A_LOSS:
        return ''
    if found == other and not said:
        return f'{form}: {name} is lost silently'
    return ''


def judge_complete(newsconv, form):
    """A document that every writer can hold gives no warning."""
    simple = document([node('Header', 1, EMPTY, TEXT), para(*TEXT, node('Emph', TEXT), node('Strong', TEXT)),
                       node('BulletList', [[para(*TEXT)]]), ordered(), node('BlockQuote', [para(*TEXT)]),
                       node('CodeBlock', EMPTY, 'code'), para(*TEXT, node('Note', [para(*TEXT)])), table()],
                      {'title': node('MetaInlines', TEXT), 'author': node('MetaList', [node('MetaInlines', TEXT)]),
                       'provider': node('MetaString', 'House'), 'lang': node('MetaString', 'en'),
                       'date': node('MetaString', '2026-11-23'), 'guid': node('MetaString', 'tag:example.org,2026:1')})
    _, said = convert(newsconv, form, simple)
    return f'{form}: a document without loss gives: {said}' if said else ''


def main():
    newsconv, *forms = sys.argv[1:]
    newsconv = Path(newsconv).resolve()
    if not forms:
        listed = subprocess.run([newsconv, '--list-output-formats'], capture_output=True, text=True, check=True)
        forms = listed.stdout.split()
    work = [(judge, form, *row) for form in forms for row in rows()] + [(judge_complete, form) for form in forms]
    with ThreadPoolExecutor(2) as pool:
        wrong = [sentence for sentence in pool.map(lambda job: job[0](newsconv, *job[1:]), work) if sentence]
    print('\n'.join(wrong + [f'{len(work)} conversions to {" ".join(forms)}, {len(wrong)} wrong']))
    sys.exit(bool(wrong))


if __name__ == '__main__':
    main()
