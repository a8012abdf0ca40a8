#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py FUZZER FORMAT SECONDS: run the fuzzer of a reader, seeded with the inputs of all cases of its format and with
the samples. What it finds on the way is kept beside the fuzzer for the next run."""
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


def seeds(form):
    """Inputs that the reader is known to understand."""
    for path in (PROJECT / 'plugins' / form / 'cases').glob('*.case'):
        before = path.read_bytes().split(b'\n---\n')[0]
        yield path.stem, b'\n'.join(line for line in before.split(b'\n') if not line.startswith(b'$ ')) + b'\n'
    for pattern in ('*.html', '*.txt') if form in ('html', 'text') else ():
        for path in (PROJECT / 'samples').glob(pattern):
            yield path.name, path.read_bytes()


def main():
    fuzzer, form, seconds = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    corpus = fuzzer.parent / f'{form}.corpus'
    corpus.mkdir(exist_ok=True)
    for name, content in seeds(form):
        (corpus / name).write_bytes(content)
    done = subprocess.run([fuzzer, f'-max_total_time={seconds}', '-timeout=20', '-rss_limit_mb=3000', '-max_len=30000',
                           '-print_final_stats=1', f'-artifact_prefix={fuzzer.parent}/{form}-', corpus], check=False)
    sys.exit(done.returncode)


if __name__ == '__main__':
    main()
