"""What the application relies on in Voilà and Jupyter Server, so that a new version is noticed here first."""

import inspect
from importlib.metadata import version

from jupyter_client.multikernelmanager import AsyncMultiKernelManager
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import TraitType
from voila.app import Voila
from voila.configuration import VoilaConfiguration


def source(of):
    return inspect.getsource(of)


def test_the_version_is_the_one_that_was_read():
    assert version("voila") == "0.5.13"


def test_start_asks_for_settings_then_for_handlers_then_listens():
    start = source(Voila.start)
    steps = [start.index(step) for step in ("self.init_settings()", "self.init_handlers()", "self.listen()")]
    assert steps == sorted(steps)
    assert "Application(**settings)" in start, "so compress_response belongs to the settings"


def test_listen_would_try_other_ports_without_a_word_which_is_why_ours_binds_itself():
    assert "random_ports" in source(Voila.listen)
    assert "self.ioloop" in source(Voila._handle_signal_stop)
    assert "self.stop()" in source(Voila.listen)


def test_the_options_that_are_preset_are_there():
    traits = VoilaConfiguration.class_traits(config=True)
    for name in ("template", "allow_template_override", "allow_theme_override", "multi_kernel_manager_class"):
        assert isinstance(traits[name], TraitType)
    assert "NOTEBOOK" in traits["allow_template_override"].values
    for name in ("cull_idle_timeout", "cull_interval", "cull_busy", "cull_connected"):
        assert name in AsyncMappingKernelManager.class_traits(config=True)
    for name in ("ip", "port", "base_url", "server_url", "root_dir", "custom_display_url", "open_browser"):
        assert name in Voila.class_traits(config=True)


def test_a_kernel_is_started_by_the_method_that_is_bounded():
    assert AsyncMappingKernelManager.start_kernel is not AsyncMultiKernelManager.start_kernel
    from voila.handler import VoilaHandler  # noqa: PLC0415

    assert "self.kernel_manager.start_kernel(" in source(VoilaHandler.get_generator)


def test_logins_of_voila_have_no_prefix_which_is_why_ours_adds_them():
    assert "self.identity_provider.get_handlers()" in source(Voila.init_handlers)
    assert '"login_url": url_path_join(self.base_url' in source(Voila.init_settings)


def test_a_reader_without_a_login_would_get_a_cookie_which_is_why_prepare_is_ours():
    from jupyter_server.auth.identity import IdentityProvider  # noqa: PLC0415

    assert "set_login_cookie" in source(IdentityProvider._get_user)
    assert "identity_provider.get_user" in source(JupyterHandler.prepare)
