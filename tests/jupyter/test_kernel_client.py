"""A cell with an output widget sends to its kernel while its reply arrives: the reply is seen all the same."""

import asyncio
import time

import pytest
import zmq
import zmq.asyncio
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.session import Session

from prolo_dash.jupyter.kernel_client import PolledChannel, PolledKernelClient


async def reply_while_sending(channel_class):
    """The reply that a channel gets which sends just after the reply has come, and before it has noticed that."""
    with zmq.asyncio.Context() as context, context.socket(zmq.ROUTER) as kernel, context.socket(zmq.DEALER) as socket:
        kernel.linger = socket.linger = 0
        socket.connect(f"tcp://127.0.0.1:{kernel.bind_to_random_port('tcp://127.0.0.1')}")
        session = Session(key=b"")
        channel = channel_class(socket, session)
        channel.send(session.msg("execute_request"))
        asked_by = (await kernel.recv_multipart())[0]

        waiting = asyncio.create_task(channel.get_msg())
        await asyncio.sleep(0.1)
        session.send(kernel, "execute_reply", ident=asked_by)
        time.sleep(0.1)
        channel.send(session.msg("comm_msg"))
        return await asyncio.wait_for(waiting, 3)


def test_a_reply_is_seen_though_something_was_sent_as_it_came():
    assert asyncio.run(reply_while_sending(PolledChannel))["msg_type"] == "execute_reply"


def test_jupyters_own_channel_would_wait_for_ever_which_is_why_ours_looks_again():
    with pytest.raises(TimeoutError):
        asyncio.run(reply_while_sending(AsyncZMQSocketChannel))


def test_replies_come_over_the_channel_that_is_looked_at():
    assert PolledKernelClient().shell_channel_class is PolledChannel
