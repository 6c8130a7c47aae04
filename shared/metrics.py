"""What Prometheus sees of every service. Names are the dashboard's (`deploy/grafana/`)."""

from prometheus_client import Counter, Gauge, Histogram

FINE = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

COMMANDS = Counter("parley_commands_total", "Commands by type and outcome", ["type", "outcome"])
COMMAND_SECONDS = Histogram("parley_command_seconds", "Seconds from command to answer", ["type"], buckets=FINE)
APPENDED = Counter("parley_appended_events_total", "Events committed to the log")
BATCH_EVENTS = Histogram("parley_batch_events", "Events that committed together", buckets=(1, 2, 5, 10, 25, 50, 100, 250, 500))
CONSUMER_LAG = Gauge("parley_consumer_lag_events", "Events of the log a consumer has not seen", ["consumer"])
PARKED = Gauge("parley_parked_events", "Events parked behind a poison event", ["consumer"])
RELAY_LAG = Gauge("parley_relay_lag_events", "Events of the log that are not in the mirror yet")
EPOCHS = Counter("parley_mirror_epochs_total", "Times the mirror had to be rebuilt under a new epoch")
LIVE_SOCKETS = Gauge("parley_live_sockets", "Open live sockets and waiting polls, by who sits there", ["who"])
