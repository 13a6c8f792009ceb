"""``cunkou say``: see, save or hear how a text is read aloud."""

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from typing import Annotated

import typer

from content_packs.errors import SiteError, VoiceError
from kiosk.cli.options import HomeOption, UsageError, home_of
from kiosk.settings import Settings
from kiosk.site import load_settings
from kiosk.speech.player import Player
from kiosk.speech.rate import Rate
from kiosk.speech.reader import Reader
from kiosk.speech.script import Part, sentences
from kiosk.speech.voice import Voice
from kiosk.speech.whole import whole_wav
from kiosk.words import Sentence, SpeechEvent, SpeechState

_AT_AN_END = frozenset({SpeechState.FINISHED, SpeechState.FAILED})


def say(
    text: Annotated[str, typer.Argument(help="要读的文字。", show_default=False)],
    *,
    show: Annotated[bool, typer.Option("--print", help="只印出读法，不出声；一句一行，{} 里是多音字的读音。")] = False,
    wav: Annotated[
        Path | None,
        typer.Option("--wav", metavar="FILE", help="存成一个 WAV 文件，不出声。", show_default=False),
    ] = None,
    rate: Annotated[Rate, typer.Option("--rate", help="快慢。")] = Rate.NORMAL,
    home: HomeOption = None,
) -> None:
    """Read a text aloud, or show how it would be read."""
    script = sentences([Part(text=text)])
    if not script:
        raise UsageError("这段文字里没有可以读的字。", todo="请写上要读的话。")
    if show:
        for sentence in script:
            print(sentence.spoken)
    if wav is not None:
        settings = load_settings(home_of(home))
        with closing(Voice(settings.voice)) as voice:
            _save(whole_wav(script, voice, rate), wav)
    elif not show:
        _play(script, rate, load_settings(home_of(home)))


def _save(sound: bytes, target: Path) -> None:
    try:
        target.write_bytes(sound)
    except OSError as error:
        why = f"{target}：{os.strerror(error.errno or 0)}"
        raise SiteError("声音文件存不下来。", why=why, todo="请换一个位置。") from error


def _play(script: Sequence[Sentence], rate: Rate, settings: Settings) -> None:
    events: SimpleQueue[SpeechEvent] = SimpleQueue()
    reader = Reader(Voice(settings.voice), Player(settings.sound), _no_recording, events.put)
    with closing(reader):
        if trouble := reader.trouble():
            raise trouble
        reader.set_rate(rate)
        reader.load(script)
        reader.play()
        while (event := events.get()).state not in _AT_AN_END:
            if event.state is SpeechState.PLAYING:
                print(script[event.sentence].spoken)
        if event.state is SpeechState.FAILED:
            raise reader.error or VoiceError("读不出来。")


def _no_recording(_pack: str, _sha256: str) -> bytes:
    raise VoiceError("这里没有录音。")
