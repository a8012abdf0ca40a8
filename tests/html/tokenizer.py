#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Run html5lib's tokenizer tests through html-tokens.

  tokenizer.py HTML_TOKENS FOLDER [--show N]

Tests with lone surrogates are left out: such input cannot reach the tokenizer, which is given valid UTF-8.
"""
import argparse, json, pathlib, re, subprocess, sys


def unescape(value):
    if isinstance(value, str):
        return re.sub(r'\\u([0-9A-Fa-f]{4})', lambda m: chr(int(m[1], 16)), value)
    if isinstance(value, list):
        return [unescape(v) for v in value]
    if isinstance(value, dict):
        return {unescape(k): unescape(v) for k, v in value.items()}
    return value


def joined(tokens):
    """Neighbouring characters are one token; end tags have no attributes."""
    out = []
    for token in tokens:
        if token[0] == 'Character' and out and out[-1][0] == 'Character':
            out[-1] = ['Character', out[-1][1] + token[1]]
        else:
            out.append(token[:2] if token[0] == 'EndTag' else token)
    return out


def tests(folder):
    for path in sorted(pathlib.Path(folder).glob('*.test')):
        data = json.loads(path.read_text())
        for test in data.get('tests', []) + data.get('xmlViolationTests', []) * 0:
            if test.get('doubleEscaped'):
                test = unescape(test)
            if any(0xD800 <= ord(c) < 0xE000 for c in json.dumps(test['input'], ensure_ascii=False)):
                continue
            for state in test.get('initialStates', ['Data state']):
                yield path.name, state.split()[0], test


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('program')
    parser.add_argument('folder')
    parser.add_argument('--show', type=int, default=3)
    args = parser.parse_args()
    cases = list(tests(args.folder))
    lines = ''.join(json.dumps([state, test.get('lastStartTag', ''),
                                ('<![CDATA[' if state == 'CDATA' else '') + test['input']]) + '\n'
                    for _, state, test in cases)
    run = subprocess.run([args.program], input=lines.encode(), capture_output=True)
    answers = run.stdout.decode('utf-8').split('\n')[:-1]
    if run.returncode or len(answers) != len(cases):
        sys.exit(f'{args.program}: status {run.returncode}, {len(answers)} of {len(cases)} answers')
    failed = 0
    for (name, state, test), answer in zip(cases, answers):
        got, want = joined(json.loads(answer)), joined(test['output'])
        if got != want:
            failed += 1
            if failed <= args.show:
                print(f'{name}, {state}: {test["description"]}\n  input {test["input"]!r}\n  want  {want}\n'
                      f'  got   {got}')
    print(f'{len(cases) - failed} passed, {failed} failed')
    sys.exit(failed > 0)


main()
