"""The CDK command line, assemblies, and the local backend."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from local.session import cdk_cli
from local.session.backend import Backend
from local.session.failure import Failure
from local.session.stacks import stacks_of

from .conftest import gone


def test_backend_answers_with_what_it_was_asked_until_it_is_stopped():
    with Backend('app') as backend:
        with urllib.request.urlopen(f'http://127.0.0.1:{backend.port}/a?b=1') as answer:
            told = json.load(answer)
    assert (told['backend'], told['method'], told['path']) == ('app', 'GET', '/a?b=1')
    with pytest.raises(OSError, match='refused'):
        urllib.request.urlopen(f'http://127.0.0.1:{backend.port}/')


def test_reads_the_stacks_of_an_assembly_and_of_its_stages(tmp_path):
    def stack(region, name):
        return {
            'type': 'aws:cloudformation:stack',
            'environment': f'aws://unknown-account/{region}',
            'properties': {'templateFile': 't.json', 'stackName': name},
        }

    stage = tmp_path / 'stage'
    stage.mkdir()
    (stage / 'manifest.json').write_text(json.dumps({'artifacts': {'B': stack('unknown-region', 'b')}}))
    (tmp_path / 'manifest.json').write_text(
        json.dumps(
            {
                'artifacts': {
                    'A': stack('eu-central-1', 'a'),
                    'S': {'type': 'cdk:cloud-assembly', 'properties': {'directoryName': 'stage'}},
                    'T': {'type': 'cdk:tree', 'properties': {}},
                }
            }
        )
    )
    types = {'X': 'AWS::S3::Bucket', 'Y': 'AWS::S3::Bucket', 'CDKMetadata': 'AWS::CDK::Metadata'}
    (tmp_path / 't.json').write_text(json.dumps({'Resources': {name: {'Type': each} for name, each in types.items()}}))
    found = stacks_of(tmp_path)
    assert [(each.name, each.region) for each in found] == [('a', 'eu-central-1'), ('b', 'us-east-1')]
    assert found[0].types == {'AWS::S3::Bucket': 2}


@pytest.mark.parametrize(
    ('text', 'line'),
    [
        ('a\nError: no such thing\n  at x', 'Error: no such thing'),
        ('Deploying\nX | CREATE_FAILED | AWS::X | the reason\nmore', 'X | CREATE_FAILED | AWS::X | the reason'),
        ('X: fail: no key\nFailed to publish\nAggregateError: ', 'X: fail: no key'),
        ('one\ntwo', 'two'),
        ('', 'no output'),
    ],
)
def test_finds_the_line_that_says_what_went_wrong(text, line):
    assert cdk_cli.reason(text) == line


def test_fails_with_one_line_and_the_log(emulator, tmp_path):
    (tmp_path / 'cdk.json').write_text(json.dumps({'app': f'{sys.executable} -c "raise SystemExit(3)"'}))
    log = tmp_path / 'log'
    with pytest.raises(Failure, match=f'synthesizing {tmp_path.name} failed: .*log: {log}'):
        cdk_cli.CdkCli(emulator, log).synth(tmp_path, tmp_path / 'out')
    assert 'cdk synth' in log.read_text()


def test_an_interruption_ends_the_program_with_all_it_started(tmp_path):
    """A shell and its child: both are gone when the one who waits for them is interrupted."""
    mark = tmp_path / 'child'
    code = (
        f'from pathlib import Path\nfrom local.session.cdk_cli import run_to_end\n'
        f'run_to_end(["sh", "-c", "sleep 60 & echo $! > {mark}; wait"], Path("."), {{"PATH": {os.environ["PATH"]!r}}})'
    )
    waiting = subprocess.Popen([sys.executable, '-c', code], stderr=subprocess.DEVNULL)
    while not (mark.exists() and mark.read_text().strip()):
        time.sleep(0.05)
    waiting.send_signal(signal.SIGINT)
    waiting.wait(10)
    assert gone(int(mark.read_text()))
