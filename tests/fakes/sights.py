"""What is seen first, made up."""

from ui.sight import AppearanceState, AskedRow, FirstSight, HomeContent, TileRow

SIGHT = FirstSight(
    content=HomeContent(
        village="云溪村便民服务点",
        updated="内容更新于2026年11月22日",
        remark="有未签名的内容",
        notice=AskedRow(pack="cn.test", id="n1", title="今天停水", badge="未签名"),
        tiles=(TileRow(id="pension", title="养老金", detail="领多少", glyph="\U000f0625", hue=1),),
        themes=(TileRow(id="pension", title="养老金", detail="领多少", glyph="\U000f0625", hue=1),),
        people=(TileRow(id="elder", title="老人", detail="", glyph="\U000f0cd7", hue=12),),
        asked=(
            AskedRow(pack="cn.test", id="a1", title="养老金领多少", badge=""),
            AskedRow(pack="cn.test", id="a2", title="怎么领", badge="未签名"),
        ),
    ),
    appearance=AppearanceState(size=1, high_contrast=True),
    screen_inches=0.0,
    viewing_distance_mm=550,
    idle_s=90,
    warn_s=15,
)


def sight(**changes):
    """Return a first sight that differs in some fields."""
    return SIGHT._replace(**changes)
