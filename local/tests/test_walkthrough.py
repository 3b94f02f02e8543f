"""The command behind `npm run try`: its failures, and that it leaves nothing behind. The full way is the deploy itself."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from local.session.emulator import ROOT
from local.walkthrough.http_api import rank, sample
from local.walkthrough.report import Check, answered, created

PREFIX = 'cdk-fargate-blueprints-'


def started(*arguments, **environment):
    return subprocess.Popen(
        [sys.executable, '-m', 'local.walkthrough', *map(str, arguments)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


def example(folder, app):
    for name in ('dekart', 'http-api'):
        (folder / name).mkdir()
        (folder / name / 'cdk.json').write_text(json.dumps({'app': app}))
    return folder


@pytest.fixture
def scratch():
    """A temporary folder for the run alone, to see that it is left empty."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_fails_on_a_busy_port_in_one_line(tmp_path, scratch):
    with socket.socket() as taken:
        taken.bind(('127.0.0.1', 0))
        taken.listen()
        run = started('--port', taken.getsockname()[1], '--examples', example(tmp_path, 'true'), TMPDIR=str(scratch))
        _, error = run.communicate(timeout=60)
    assert run.returncode == 1
    assert error.strip().count('\n') == 0
    assert 'try: port' in error
    assert list(scratch.glob(f'{PREFIX}*')) == []


def test_fails_on_an_app_that_does_not_synthesize_in_one_line_and_stops_the_emulator(tmp_path, scratch):
    run = started('--examples', example(tmp_path, 'false'), TMPDIR=str(scratch))
    _, error = run.communicate(timeout=120)
    assert run.returncode == 1
    assert error.strip().count('\n') == 0
    assert 'try: synthesizing dekart failed' in error
    assert 'log:' in error
    assert list(scratch.glob(f'{PREFIX}*')) == []
    assert emulators_in(scratch) == []


@pytest.mark.parametrize('request_to_end', [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_stops_everything(tmp_path, scratch, request_to_end):
    run = started('--examples', example(tmp_path, 'sleep 300'), TMPDIR=str(scratch))
    said = ''
    while 'synthesizing' not in said:
        said += run.stdout.read(1)
    time.sleep(1)
    assert emulators_in(scratch) != []
    run.send_signal(request_to_end)
    _, error = run.communicate(timeout=60)
    assert (run.returncode, 'interrupted' in error) == (130, True)
    assert emulators_in(scratch) == []
    assert list(scratch.glob(f'{PREFIX}*')) == []


def test_walks_through_both_examples_keeps_them_until_asked_and_removes_everything(scratch):
    run = started('--keep', TMPDIR=str(scratch))
    said = ''
    while 'Running until Ctrl-C' not in said and (letter := run.stdout.read(1)):
        said += letter
    assert ('! ' in said, 'HttpApi' in said, 'Dekart' in said) == (False, True, True)
    assert emulators_in(scratch) != []
    run.send_signal(signal.SIGTERM)
    rest, error = run.communicate(timeout=120)
    assert (run.returncode, error) == (0, '')
    assert 'Nothing is left running' in rest
    assert emulators_in(scratch) == []
    assert list(scratch.glob(f'{PREFIX}*')) == []


def emulators_in(scratch):
    """Processes that were started with a folder inside `scratch` as their home."""
    found = []
    for process in Path('/proc').glob('[0-9]*'):
        try:
            if f'HOME={scratch}/{PREFIX}'.encode() in (process / 'environ').read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


@pytest.mark.parametrize(
    ('key', 'request_line'),
    [
        ('GET /users/{proxy+}', ('GET', '/users/hello')),
        ('ANY /{id}/x', ('GET', '/hello/x')),
        ('POST /orders', ('POST', '/orders')),
        ('$default', ('GET', '/hello')),
    ],
)
def test_a_route_key_becomes_a_request(key, request_line):
    assert sample(key) == request_line


def test_prefers_a_get_route_below_the_services_own_path():
    keys = ['POST /x/{proxy+}', 'GET /x', 'GET /x/{proxy+}']
    assert min(({'RouteKey': key} for key in keys), key=rank)['RouteKey'] == 'GET /x/{proxy+}'


def test_tables_fit_80_columns_and_mark_what_differs(capsys):
    created('Stack', {'AWS::EC2::VPC': 2, 'AWS::ElasticLoadBalancingV2::Listener': 1})
    answered('Requests', [Check('GET /a', '200', '200'), Check('GET /b', '401', '200')])
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert 'Stack: 3 resources' in out
    assert [line.startswith('!') for line in out.splitlines()[-2:]] == [False, True]
