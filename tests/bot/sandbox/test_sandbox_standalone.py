import signal
import subprocess
import sys


def test_it_runs_by_itself_until_interrupted():
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--no-flood"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        lines = [process.stdout.readline() for _ in range(3)]
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
    assert [line.split()[0] for line in lines] == ["chat", "TELEGRAM_API_URL", "TELEGRAM_BOT_TOKEN"]
    assert (process.returncode, errors) == (0, "")
