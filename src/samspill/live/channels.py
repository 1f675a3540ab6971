from dataclasses import dataclass


@dataclass(frozen=True)
class Channel:
    """What one stream shows: a topic, as one audience may see it, in one language.

    `topic` is "kind:subject", such as "gathering:12"; `audience` is a word of the app that renders the topic,
    such as "screen"; `language` is "nb", "nn" or "en".
    """

    topic: str
    audience: str
    language: str

    @property
    def kind(self) -> str:
        return self.topic.partition(":")[0]

    @property
    def subject(self) -> str:
        return self.topic.partition(":")[2]
