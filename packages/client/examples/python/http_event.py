"""Reports an order over HTTP: POSTINO_URL and POSTINO_KEY say where, and as which shop. Python's own library only."""

import json
import os
import sys
import time
import urllib.error
import urllib.request

from order_shipped import order_shipped

TRIES = 5
TIMEOUT_SECONDS = 15
TRY_AGAIN = {408, 429, 502, 503, 504}


def send(url, key, event):
    """Gives what Postino answers once the event is committed. Raises RuntimeError with a line that says what is wrong."""
    request = urllib.request.Request(
        f"{url.rstrip('/')}/v1/events",
        data=json.dumps(event).encode(),
        headers={"authorization": f"Bearer {key}", "content-type": "application/json"},
    )
    for last_try in [False] * (TRIES - 1) + [True]:
        wait_seconds = 1
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            told = error.read().decode("utf-8", "replace")
            if last_try or error.code not in TRY_AGAIN:
                raise RuntimeError(f"{error.code} {told}") from None
            retry_after = error.headers.get("retry-after", "")
            wait_seconds = int(retry_after) if retry_after.isdigit() else 1
        except OSError as error:
            if last_try:
                raise RuntimeError(str(error)) from None
        # Whether it arrived or not: the same event sent again counts once.
        time.sleep(wait_seconds)


if __name__ == "__main__":
    environment = os.environ.get
    try:
        accepted = send(
            environment("POSTINO_URL", "http://127.0.0.1:8080"),
            environment("POSTINO_KEY", ""),
            order_shipped(environment("ORDER_ID", "1143")),
        )
    except RuntimeError as error:
        sys.exit(f"not accepted: {error}")
    ids = ", ".join(message["id"] for message in accepted["messages"])
    print(f"accepted {accepted['id']}: message {ids}")
