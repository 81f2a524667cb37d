<?php

// Reports an order over Redis: REDIS_URL says where, with the shop's user and password, and POSTINO_SHOP which shop's
// stream. PHP 8 without extensions. With the extension phpredis it is
//
//     $redis = new Redis(['host' => $host, 'port' => $port, 'auth' => [$user, $password]]);
//     $redis->xAdd("postino:intake:$shop", '*', ['event' => json_encode($event)]);
//
// and with Predis (composer require predis/predis)
//
//     $redis = new Predis\Client($url);
//     $redis->xadd("postino:intake:$shop", ['event' => json_encode($event)]);

declare(strict_types=1);

require __DIR__ . '/order_shipped.php';

const TIMEOUT_SECONDS = 5;

/**
 * @return string the id of the entry
 * @throws RuntimeException with a line that says what is wrong
 */
function xadd(string $url, string $shop, array $event): string
{
    $target = parse_url($url);
    $scheme = $target['scheme'] === 'rediss' ? 'tls' : 'tcp';
    $address = sprintf('%s://%s:%d', $scheme, $target['host'], $target['port'] ?? 6379);
    $connection = @stream_socket_client($address, $code, $reason, TIMEOUT_SECONDS);
    if ($connection === false) {
        throw new RuntimeException("$address: $reason");
    }
    stream_set_timeout($connection, TIMEOUT_SECONDS);
    if (isset($target['pass'])) {
        ask($connection, 'AUTH', rawurldecode($target['user'] ?? '') ?: 'default', rawurldecode($target['pass']));
    }
    return ask($connection, 'XADD', "postino:intake:$shop", '*', 'event', json_encode($event, JSON_THROW_ON_ERROR));
}

/** Sends a command as RESP does, an array of texts with their sizes in bytes, and reads its reply. */
function ask($connection, string ...$command): string
{
    $request = '*' . count($command) . "\r\n";
    foreach ($command as $word) {
        $request .= '$' . strlen($word) . "\r\n$word\r\n";
    }
    for ($left = $request; $left !== ''; $left = substr($left, $written)) {
        $written = fwrite($connection, $left);
        if ($written === false || $written === 0) {
            throw new RuntimeException('the connection ended');
        }
    }
    $first = rtrim((string) fgets($connection), "\r\n");
    return match ($first[0] ?? '') {
        '+' => substr($first, 1),
        '$' => substr((string) stream_get_contents($connection, (int) substr($first, 1) + 2), 0, -2),
        default => throw new RuntimeException(substr($first, 1) ?: 'the connection ended'),
    };
}

try {
    $event = order_shipped(getenv('ORDER_ID') ?: '1143');
    $entry = xadd(getenv('REDIS_URL') ?: 'redis://127.0.0.1:6379', getenv('POSTINO_SHOP') ?: 'demo', $event);
} catch (RuntimeException | JsonException $error) {
    // Whether it arrived or not: the same event sent again counts once.
    fwrite(STDERR, "not accepted: {$error->getMessage()}\n");
    exit(1);
}
echo "accepted {$event['id']}: entry $entry\n";
