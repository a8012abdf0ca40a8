#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""signals.py NEWSCONV: an interrupted conversion ends by itself, says so, and leaves nothing behind."""
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

NEWSCONV = 'newsconv'


class Signals(unittest.TestCase):
    def interrupt(self, number, folder):
        """Interrupt a conversion that waits for its input; returns its exit status and what it said."""
        command = [NEWSCONV, '-f', 'json', '-t', 'json', '-o', 'out.json']
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder) as process:
            process.stdin.write(b'{')
            process.stdin.flush()
            stat = Path(f'/proc/{process.pid}/wchan')
            for _ in range(100):
                time.sleep(0.05)
                if 'pipe' in stat.read_text(encoding='ascii'):
                    break
            process.send_signal(number)
            error = process.stderr.read().decode()
            return process.wait(timeout=20), error

    def test_interrupt_and_terminate(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with tempfile.TemporaryDirectory() as folder:
                status, error = self.interrupt(number, folder)
                self.assertEqual(status, 130)
                self.assertIn('newsconv: cancelled', error)
                self.assertEqual(list(Path(folder).iterdir()), [])

    def test_a_reader_that_goes_away_is_no_error(self):
        tree = b'{"pandoc-api-version":[1,23,1],"meta":{},"blocks":[' + b','.join(
            [b'{"t":"HorizontalRule"}'] * 100000) + b']}'
        with subprocess.Popen([NEWSCONV, '-f', 'json', '-t', 'json'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdin.write(tree)
            process.stdin.close()
            process.stdout.read(10)
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b'')
            self.assertEqual(process.wait(timeout=20), -signal.SIGPIPE)


if __name__ == '__main__':
    NEWSCONV = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
