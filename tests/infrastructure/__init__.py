"""Real servers for the tests, as child processes; nothing is mocked.

    with postgres_server(directory) as postgres, nats_server(directory) as nats:
        postgres.url, nats.url
        nats.kill(); nats.start()          # kill -9, then back on the same port with the same data
        postgres.pause(); postgres.resume()

With PARLEY_TEST_INFRA=containers the same two come from Docker images instead.
"""
