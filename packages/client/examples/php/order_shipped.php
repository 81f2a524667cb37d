<?php

declare(strict_types=1);

/** What the shop reports when an order has left. */
function order_shipped(string $orderId): array
{
    return [
        'type' => 'order.status_changed',
        // Of what happened, not of the try: the same event reported again counts once.
        'id' => "order-$orderId-shipped",
        'data' => [
            'order' => [
                'id' => $orderId,
                'number' => "2026/$orderId",
                'status' => 'shipped',
                'total' => ['amount' => '49.90', 'currency' => 'EUR'],
                'items' => [['name' => 'Tazzina “Garofano”', 'qty' => 2]],
                'placed_at' => '2026-11-18T18:42:10+01:00',
                'updated_at' => '2026-11-20T16:05:00+01:00',
            ],
            'customer' => ['external_id' => 'customer-2071', 'name' => ['first' => 'Giulia'], 'locale' => 'it-IT'],
        ],
    ];
}
