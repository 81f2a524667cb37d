"""Reports an order over Redis: REDIS_URL says where, with the shop's user and password, and POSTINO_SHOP which shop's
stream. Python's own library only; with redis-py (`pip install redis`) it is

    import json, os, redis
    client = redis.Redis.from_url(os.environ["REDIS_URL"])
    client.xadd(f"postino:intake:{os.environ['POSTINO_SHOP']}", {"event": json.dumps(event)})
"""

import json
import os
import socket
import ssl
import sys
from urllib.parse import unquote, urlsplit

from order_shipped import order_shipped

TIMEOUT_SECONDS = 5


def xadd(url, shop, event):
    """Gives the id of the entry. Raises OSError when Redis is away, RuntimeError when it refuses."""
    target = urlsplit(url)
    address = (target.hostname, target.port or 6379)
    with socket.create_connection(address, timeout=TIMEOUT_SECONDS) as connection:
        if target.scheme == "rediss":
            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=target.hostname)
        with connection, connection.makefile("rb") as replies:
            if target.password:
                user = unquote(target.username or "default")
                ask(connection, replies, "AUTH", user, unquote(target.password))
            return ask(connection, replies, "XADD", f"postino:intake:{shop}", "*", "event", json.dumps(event))


def ask(connection, replies, *command):
    """Sends a command as RESP does, an array of texts with their sizes in bytes, and reads its reply."""
    words = [word.encode() for word in command]
    request = b"".join([b"*%d\r\n" % len(words), *(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)])
    connection.sendall(request)
    first = replies.readline()
    kind, rest = first[:1], first[1:].strip().decode()
    if kind == b"+":
        return rest
    if kind == b"$":
        return replies.read(int(rest) + 2)[:-2].decode()
    raise RuntimeError(rest or "the connection ended")


if __name__ == "__main__":
    environment = os.environ.get
    order = order_shipped(environment("ORDER_ID", "1143"))
    try:
        entry = xadd(environment("REDIS_URL", "redis://127.0.0.1:6379"), environment("POSTINO_SHOP", "demo"), order)
    except (OSError, RuntimeError) as error:
        # Whether it arrived or not: the same event sent again counts once.
        sys.exit(f"not accepted: {error}")
    print(f"accepted {order['id']}: entry {entry}")
