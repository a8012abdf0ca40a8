#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""metadata.py < DOCUMENT.json: the metadata of a document in pandoc's JSON, one a line."""
import json
import sys


def text(value):
    """A metadata value without its types."""
    if value['t'] == 'MetaMap':
        return {key: text(item) for key, item in value['c'].items()}
    if value['t'] == 'MetaList':
        return [text(item) for item in value['c']]
    if value['t'] == 'MetaInlines':
        return ''.join(item.get('c', ' ') for item in value['c'])
    return value['c']


for name, given in sorted(json.load(sys.stdin)['meta'].items()):
    for line in sorted(text(given).items()) if name == 'facts' else [(name, text(given))]:
        print(*line)
