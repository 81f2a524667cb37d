"""What the shop reports when an order has left."""


def order_shipped(order_id):
    return {
        "type": "order.status_changed",
        # Of what happened, not of the try: the same event reported again counts once.
        "id": f"order-{order_id}-shipped",
        "data": {
            "order": {
                "id": order_id,
                "number": f"2026/{order_id}",
                "status": "shipped",
                "total": {"amount": "49.90", "currency": "EUR"},
                "items": [{"name": "Tazzina “Garofano”", "qty": 2}],
                "placed_at": "2026-11-18T18:42:10+01:00",
                "updated_at": "2026-11-20T16:05:00+01:00",
            },
            "customer": {"external_id": "customer-2071", "name": {"first": "Giulia"}, "locale": "it-IT"},
        },
    }
