"""The bootstrap before anything is installed, in a small project of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LOCAL = Path(__file__).parents[1]
NODE = shutil.which('node')


@pytest.fixture
def project(tmp_path):
    """A project without packages, whose only Python requirement is nothing."""
    folder = tmp_path / 'project'
    (folder / 'local').mkdir(parents=True)
    for name in ('setup.mjs', 'venv.mjs'):
        shutil.copy(LOCAL / name, folder / 'local')
    (folder / 'local' / 'requirements.txt').write_text('')
    for name in ('package.json', 'package-lock.json'):
        (folder / name).write_text(
            json.dumps(
                {
                    'name': 'p',
                    'version': '1.0.0',
                    'lockfileVersion': 3,
                    'packages': {'': {'name': 'p', 'version': '1.0.0'}},
                }
            )
        )
    tools = tmp_path / 'tools'
    tools.mkdir()
    for name, program in (('node', NODE), ('python3', sys.executable), ('npm', None)):
        if program:
            (tools / name).write_text(f'#!/bin/sh\nexec {program} "$@"\n')
        else:
            # keeps the record that npm keeps, and says that it ran
            (tools / name).write_text(
                '#!/bin/sh\nmkdir -p node_modules && cp package-lock.json node_modules/.package-lock.json && echo run >> npm-runs\n'
            )
        (tools / name).chmod(0o755)
    (tools / 'sh').symlink_to('/bin/sh')
    for name in ('mkdir', 'cp'):
        (tools / name).symlink_to(shutil.which(name))
    return folder


def run(project, *without):
    tools = project.parent / 'tools'
    for name in without:
        (tools / name).unlink()
    return subprocess.run(
        [NODE, 'local/setup.mjs'],
        cwd=project,
        env={'PATH': str(tools), 'HOME': os.environ['HOME']},
        capture_output=True,
        text=True,
        check=False,
    )


def test_installs_once_and_is_ready_after_that(project):
    first = run(project)
    assert (first.returncode, first.stderr) == (0, '')
    assert (project / 'local' / '.venv' / 'bin' / 'python').exists()
    second = run(project)
    assert second.stdout.count('ready') == 2
    assert (project / 'npm-runs').read_text().count('run') == 1


def test_installs_again_when_the_requirements_or_the_lockfile_change(project):
    run(project)
    (project / 'local' / 'requirements.txt').write_text('# other\n')
    lock = json.loads((project / 'package-lock.json').read_text())
    lock['packages']['node_modules/x'] = {'version': '2.0.0'}
    (project / 'package-lock.json').write_text(json.dumps(lock))
    assert 'ready' not in run(project).stdout
    assert (project / 'npm-runs').read_text().count('run') == 2


def test_fails_without_python_in_one_line_that_says_what_to_install(project):
    result = run(project, 'python3')
    assert result.returncode == 1
    assert (
        result.stderr.strip()
        == 'setup: no Python 3.10 or newer on the PATH: install Python 3 with its venv module, then run this again'
    )


def test_fails_when_npm_does_in_one_line(project):
    npm = project.parent / 'tools' / 'npm'
    npm.write_text('#!/bin/sh\necho "npm error broken lockfile" >&2\necho more >&2\nexit 1\n')
    result = run(project)
    assert (result.returncode, result.stderr.strip()) == (1, 'setup: npm ci failed: npm error broken lockfile')


def test_fails_rather_than_empty_a_linked_folder(project):
    shared = project.parent / 'shared'
    shared.mkdir()
    (shared / 'precious').write_text('')
    (project / 'node_modules').symlink_to(shared)
    result = run(project)
    assert result.returncode == 1
    assert 'node_modules is a link' in result.stderr
    assert (shared / 'precious').exists()
