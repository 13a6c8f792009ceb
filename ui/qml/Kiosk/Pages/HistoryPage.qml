// What was synced when, from where, and what came of it: the latest first.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Flickable {
    id: root

    required property UpkeepViewModel upkeep

    contentWidth: width
    contentHeight: column.height + Theme.gap4
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column

        x: Theme.margin
        width: root.width - Theme.margin * 2
        topPadding: Theme.gap1
        spacing: Theme.gap2

        PageTitle {
            width: parent.width
            text: qsTr("同步记录")
        }
        Words {
            width: parent.width
            visible: entries.count === 0
            text: qsTr("还没有同步过。插上发布单位给的U盘，或请管理员设好网址。")
            soft: true
        }
        Repeater {
            id: entries

            model: root.upkeep.history as QtObject

            Paper {
                id: entry

                required property string title
                required property string result
                required property string tone
                required property string detail

                width: column.width
                height: about.height + Theme.gap2 * 2
                raised: false

                Column {
                    id: about

                    x: Theme.gap3
                    y: Theme.gap2
                    width: parent.width - Theme.gap3 * 2
                    spacing: Theme.gap1

                    Words {
                        width: parent.width
                        text: entry.title
                        font.bold: true
                    }
                    StatusBadge {
                        text: entry.result
                        tone: entry.tone
                    }
                    Words {
                        width: Math.min(parent.width, Theme.lineWidth)
                        visible: entry.detail !== ""
                        text: entry.detail
                        soft: true
                    }
                }
            }
        }
        Words {
            width: Math.min(parent.width, Theme.lineWidth)
            visible: entries.count > 0
            text: qsTr("哪一次没有装好，请用手机拍下这一页，发给发布单位看。")
            soft: true
        }
    }
}
