<?php

// Reports an order over HTTP: POSTINO_URL and POSTINO_KEY say where, and as which shop. PHP 8 without extensions.

declare(strict_types=1);

require __DIR__ . '/order_shipped.php';

const TRIES = 5;
const TIMEOUT_SECONDS = 15;
const TRY_AGAIN = [0, 408, 429, 502, 503, 504];

/**
 * @return array what Postino answers once the event is committed
 * @throws RuntimeException with a line that says what is wrong
 */
function send_event(string $url, string $key, array $event): array
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => ["Authorization: Bearer $key", 'Content-Type: application/json'],
        'content' => json_encode($event, JSON_THROW_ON_ERROR),
        'timeout' => TIMEOUT_SECONDS,
        'follow_location' => 0,
        // The answer is read whatever its status.
        'ignore_errors' => true,
    ]]);
    for ($try = 1;; $try++) {
        $http_response_header = [];
        $answer = @file_get_contents(rtrim($url, '/') . '/v1/events', false, $context);
        $status = $answer === false ? 0 : (int) explode(' ', $http_response_header[0])[1];
        if ($status === 202) {
            return json_decode($answer, true, flags: JSON_THROW_ON_ERROR);
        }
        if ($try === TRIES || !in_array($status, TRY_AGAIN, true)) {
            throw new RuntimeException($answer === false ? error_get_last()['message'] : "$status $answer");
        }
        $retryAfter = preg_grep('/^retry-after: *\d+$/i', $http_response_header);
        // Whether it arrived or not: the same event sent again counts once.
        sleep($retryAfter === [] ? 1 : (int) substr(strrchr(end($retryAfter), ':'), 1));
    }
}

try {
    $accepted = send_event(
        getenv('POSTINO_URL') ?: 'http://127.0.0.1:8080',
        getenv('POSTINO_KEY') ?: '',
        order_shipped(getenv('ORDER_ID') ?: '1143'),
    );
} catch (RuntimeException | JsonException $error) {
    fwrite(STDERR, "not accepted: {$error->getMessage()}\n");
    exit(1);
}
echo "accepted {$accepted['id']}: message ", implode(', ', array_column($accepted['messages'], 'id')), "\n";
