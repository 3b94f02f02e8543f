"""Serves the emulator on 127.0.0.1:$GATEWAY_PORT until standard input is closed.

The process that starts it holds the other end of that pipe: whatever way it ends, the emulator ends with it.
"""

import os
import signal
import threading


def leave_with_starter() -> None:
    # not through sys.stdin: its lock would be held when the interpreter shuts down
    while os.read(0, 1024):
        continue
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    # read by the emulator when it is imported
    os.environ.update(BIND_HOST='127.0.0.1', MINISTACK_HOST='127.0.0.1', IOT_MTLS_ENABLED='0', SFTP_ENABLED='0')
    from ministack import app

    from local.emulator.additions import install_all

    install_all(app)
    threading.Thread(target=leave_with_starter, daemon=True).start()
    app.main()


if __name__ == '__main__':
    main()
