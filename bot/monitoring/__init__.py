"""The product seen from outside: what Prometheus collects, and what a supervisor asks.

metrics       every metric, by name; counted where things happen
metering      the ports, the limiter and the jobs again, each counting what passes
lookout       what waits in the database, asked no more often than is cheap
lag           how late the event loop is
status        what this process is doing
probes        /healthz, /readyz, /metrics, on METRICS_LISTEN alone
"""
