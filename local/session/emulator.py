"""Starts the emulator in a scratch folder on a loopback port, and ends it with everything it started."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from .failure import Failure

ROOT = Path(__file__).parents[2]
HOST = '127.0.0.1'
ACCOUNT = '000000000000'
READY_SECONDS = 60
STOP_SECONDS = 10


@dataclass(frozen=True)
class Emulator:
    """A running emulator; `folder` is scratch space that goes away with it."""

    port: int
    pid: int
    folder: Path
    log: Path

    @property
    def url(self) -> str:
        return f'http://{HOST}:{self.port}'

    def refusals(self) -> list[str]:
        """Why resources could not be made, oldest first: not every program repeats it."""
        lines = self.log.read_text(encoding='utf8', errors='replace').splitlines()
        return [line.partition('Failed to provision ')[2] for line in lines if 'Failed to provision ' in line]

    def client(self, service: str, region: str = 'us-east-1') -> Any:
        """An AWS client that can reach nothing but this emulator."""
        session = boto3.Session(aws_access_key_id='test', aws_secret_access_key='test', region_name=region)
        return session.client(service, endpoint_url=self.url)

    def environment(self, region: str = 'us-east-1') -> dict[str, str]:
        """The environment of a program that shall talk to this emulator: no profile, no instance metadata, no real home."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(('AWS_', 'CDK_', 'npm_'))}
        return {
            **kept,
            'AWS_ENDPOINT_URL': self.url,
            'AWS_ACCESS_KEY_ID': 'test',
            'AWS_SECRET_ACCESS_KEY': 'test',
            'AWS_REGION': region,
            'AWS_DEFAULT_REGION': region,
            'AWS_EC2_METADATA_DISABLED': 'true',
            'AWS_CONFIG_FILE': os.devnull,
            'AWS_SHARED_CREDENTIALS_FILE': os.devnull,
            'CDK_DISABLE_CLI_TELEMETRY': '1',
            'HOME': str(self.folder),
            'NO_COLOR': '1',
        }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Failure(
                f'port {port} cannot be used ({error.strerror}): end the program that has it, or give another --port'
            ) from None


@contextmanager
def running_emulator(log: Path, port: int | None = None) -> Iterator[Emulator]:
    if port is not None:
        check_port(port)
    folder = Path(tempfile.mkdtemp(prefix='cdk-fargate-blueprints-'))
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        emulator, process = start(folder, port or free_port(), log)
        try:
            wait_until_ready(emulator, process)
            yield emulator
        finally:
            stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path, port: int, log: Path) -> tuple[Emulator, subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        'GATEWAY_PORT': str(port),
        'TMPDIR': str(folder),
        'HOME': str(folder),
        'S3_DATA_DIR': str(folder / 's3'),
        'STATE_DIR': str(folder / 'state'),
        # functions that the stacks bring run as local Node processes
        'NODE_PATH': str(ROOT / 'local' / 'node_modules'),
        'AWS_ACCESS_KEY_ID': 'test',
        'AWS_SECRET_ACCESS_KEY': 'test',
        'AWS_ENDPOINT_URL': f'http://{HOST}:{port}',
    }
    with log.open('wb') as output:
        process = subprocess.Popen(
            [sys.executable, '-m', 'local.emulator'],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Emulator(port, process.pid, folder, log), process


def wait_until_ready(emulator: Emulator, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Failure(f'the emulator ended with code {process.returncode}; its log: {emulator.log}')
        if healthy(emulator.port):
            return
        time.sleep(0.1)
    raise Failure(f'the emulator was not ready after {READY_SECONDS} s; its log: {emulator.log}')


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request('GET', '/_ministack/health')
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and its functions: all of them share the session it was started in."""
    for request in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, request)
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            break
    process.wait(STOP_SECONDS)
    if process.stdin:
        process.stdin.close()
