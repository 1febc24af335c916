"""Publish/subscribe: topics, endpoints with permissions, subscriptions with queues, guaranteed delivery."""
