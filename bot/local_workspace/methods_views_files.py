"""Web API methods on views and files: ``views.*`` and the three steps of an upload."""

from __future__ import annotations

import mimetypes
import secrets
import time
from pathlib import PurePosixPath

from bot.local_workspace.directory import BOT_USER, TEAM, Channel, Json, find_person
from bot.local_workspace.errors import SlackError
from bot.local_workspace.history import StoredFile
from bot.local_workspace.methods import Call, Method
from bot.local_workspace.methods_messages import thread_of
from bot.local_workspace.workspace import Workspace

__all__ = ["METHODS", "new_file"]

LARGEST_FILE = 50_000_000


def open_view(call: Call) -> Json:
    """``views.open``."""
    view = call.arguments.object("view")
    return {"view": call.interactions.open_view(call.arguments.needed("trigger_id"), view)}


def push_view(call: Call) -> Json:
    """``views.push``."""
    view = call.arguments.object("view")
    return {"view": call.interactions.open_view(call.arguments.needed("trigger_id"), view, push=True)}


def update_view(call: Call) -> Json:
    """``views.update``, by ``view_id`` or ``external_id``."""
    arguments = call.arguments
    view = arguments.object("view")
    found = arguments.text("view_id"), arguments.text("external_id"), arguments.text("hash")
    return {"view": call.interactions.update_view(*found, view)}


def publish_view(call: Call) -> Json:
    """``views.publish``: a person's Home tab."""
    person = find_person(call.arguments.needed("user_id"))
    if person is None:
        raise SlackError("user_not_found")
    return {"view": call.interactions.publish_home(person.id, call.arguments.object("view"))}


def new_file(workspace: Workspace, name: str, size: int, author: str) -> StoredFile:
    """Return a file without content, under the name's last part."""
    file_id = f"F{secrets.token_hex(5).upper()}"
    base = PurePosixPath(name.replace("\\", "/")).name or "file"
    kind = mimetypes.guess_type(base)[0] or "application/octet-stream"
    address = f"{workspace.options.address}/files/{file_id}/{base}"
    body = {
        "id": file_id,
        "created": int(time.time()),
        "name": base,
        "title": base,
        "mimetype": kind,
        "filetype": PurePosixPath(base).suffix.lstrip(".") or "text",
        "size": size,
        "user": author,
        "user_team": TEAM,
        "mode": "hosted",
        "is_external": False,
        "is_public": True,
        "url_private": address,
        "url_private_download": address,
    }
    return StoredFile(file_id, body)


def upload_address(call: Call) -> Json:
    """``files.getUploadURLExternal``: where to send the bytes."""
    size = call.arguments.number("length", 0)
    if not size:
        raise SlackError("invalid_arguments")
    if size > LARGEST_FILE:
        raise SlackError("file_upload_size_restricted")
    file = new_file(call.workspace, call.arguments.needed("filename"), size, BOT_USER)
    call.workspace.history.save_file(file)
    return {"upload_url": f"{call.workspace.options.address}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """``files.completeUploadExternal``: give titles, and share in a channel or thread."""
    listed = call.arguments.data("files", "invalid_arguments")
    if not isinstance(listed, list) or not listed or any(not isinstance(each, dict) for each in listed):
        raise SlackError("invalid_arguments")
    files = []
    for entry in listed:
        file = call.workspace.history.file(str(entry.get("id", "")))
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        titled = StoredFile(file.id, file.body | {"title": entry.get("title") or file.body["title"]}, file.content)
        call.workspace.history.save_file(titled)
        files.append(titled.body)
    for channel in shared_channels(call):
        comment = call.arguments.text("initial_comment")
        more = {"files": files, "upload": True, "subtype": "file_share"}
        posted = call.workspace.post_as_app(channel, comment, [], thread_of(call, channel), **more)
        for shared in files:
            note_share(call.workspace, shared["id"], channel, posted)
    return {"files": files}


def note_share(workspace: Workspace, file_id: str, channel: Channel, message: Json) -> None:
    """Note in a file which message it is shared in, as ``files.info`` tells it."""
    file = workspace.history.file(file_id)
    if file is None:
        return
    place = {name: message[name] for name in ("ts", "thread_ts") if name in message}
    shares = {"public" if channel.kind == "public" else "private": {channel.id: [place]}}
    workspace.history.save_file(StoredFile(file.id, file.body | {"shares": shares}, file.content))


def shared_channels(call: Call) -> list[Channel]:
    """Return the channels that an upload is shared in: ``channel_id`` or the list in ``channels``."""
    if call.arguments.has("channel_id"):
        return [call.arguments.joined_channel(call.workspace, "channel_id")]
    names = [name for name in call.arguments.text("channels").split(",") if name]
    return [type(call.arguments)({"channel": name}).joined_channel(call.workspace) for name in names]


def file_info(call: Call) -> Json:
    """``files.info``."""
    file = call.workspace.history.file(call.arguments.needed("file"))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    return {"file": file.body}


def delete_file(call: Call) -> Json:
    """``files.delete``: an app deletes what it uploaded itself."""
    file = call.workspace.history.file(call.arguments.needed("file"))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    if file.body.get("user") != BOT_USER:
        raise SlackError("cant_delete_file")
    call.workspace.history.save_file(StoredFile(file.id, file.body, None))
    return {}


METHODS = {
    "views.open": Method("", open_view),
    "views.push": Method("", push_view),
    "views.update": Method("", update_view),
    "views.publish": Method("", publish_view),
    "files.getUploadURLExternal": Method("files:write", upload_address),
    "files.completeUploadExternal": Method("files:write", complete_upload),
    "files.info": Method("files:read", file_info),
    "files.delete": Method("files:write", delete_file),
}
