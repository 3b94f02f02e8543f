"""The emulator's process: who can reach it, and that it goes."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from local.session.emulator import check_port, running_emulator
from local.session.failure import Failure

from .conftest import gone

LISTEN = '0A'


def listening(pid):
    """Local addresses of the sockets that the process listens on, as the kernel writes them."""
    sockets = {link.readlink().name for link in Path(f'/proc/{pid}/fd').iterdir() if link.is_symlink()}
    found = set()
    for table in ('tcp', 'tcp6', 'udp', 'udp6'):
        for line in Path(f'/proc/{pid}/net/{table}').read_text().splitlines()[1:]:
            fields = line.split()
            if f'socket:[{fields[9]}]' in sockets and (fields[3] == LISTEN or table.startswith('udp')):
                found.add(fields[1])
    return found


@pytest.mark.skipif(sys.platform != 'linux', reason='reads /proc')
def test_listens_on_one_loopback_port_and_nowhere_else(emulator):
    assert listening(emulator.pid) == {f'0100007F:{emulator.port:04X}'}


def test_tells_why_a_resource_was_refused(emulator, stack):
    with pytest.raises(AssertionError):
        stack(
            {
                'Rule': {
                    'Type': 'AWS::EC2::SecurityGroupEgress',
                    'Properties': {'GroupId': 'sg-0', 'IpProtocol': '-1', 'CidrIp': '10.0.0.0/8'},
                }
            }
        )
    assert emulator.refusals()[-1].startswith('Rule (AWS::EC2::SecurityGroupEgress): ')


def test_ends_with_its_folder_and_frees_its_port(tmp_path):
    with running_emulator(tmp_path / 'log') as started:
        assert started.client('sts').get_caller_identity()['Account'] == '000000000000'
    assert not started.folder.exists()
    check_port(started.port)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(('127.0.0.1', started.port)).close()


def test_ends_when_its_starter_is_gone(tmp_path):
    code = (
        'import os, sys\nfrom pathlib import Path\nfrom local.session.emulator import running_emulator\n'
        f'with running_emulator(Path({str(tmp_path / "log")!r})) as started:\n'
        '    print(started.pid, started.folder, flush=True)\n    os.kill(os.getpid(), 9)\n'
    )
    lost = subprocess.run([sys.executable, '-c', code], stdout=subprocess.PIPE, text=True, check=False)
    pid, folder = lost.stdout.split()
    assert lost.returncode == -9
    assert gone(int(pid))
    shutil.rmtree(folder)


def test_fails_on_a_busy_port_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(('127.0.0.1', 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Failure, match=f'port {port} cannot be used'), running_emulator(tmp_path / 'log', port):
            raise AssertionError('started on a port that is taken')
    assert list(tmp_path.iterdir()) == []
