"""What two services use, naming none of them. Start reading at `contracts/`, then `service.py`."""
