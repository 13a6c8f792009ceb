// Where to begin: a search field, eight themes, whom it is for, what everybody asks, one notice.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property HomeViewModel home
    property real stripHeight: 0
    readonly property bool portrait: Theme.portrait

    VillagePicture {
        id: picture

        x: root.portrait ? 0 : left.width + Theme.margin * 1.5
        width: root.width - x
        height: root.portrait ? root.height * 0.24 : Math.max(root.height - right.height - Theme.gap2, root.stripHeight)
        village: root.home.gate
    }
    Column {
        id: left

        x: Theme.margin
        y: root.portrait ? Math.max(picture.height, root.stripHeight + Theme.gap1) : root.stripHeight + Theme.gap1
        width: root.portrait ? root.width - Theme.margin * 2 : (root.width - Theme.margin * 3) * 0.63
        spacing: Theme.gap2

        SearchButton {
            width: parent.width
            onClicked: root.navigator.search()
        }
        Grid {
            id: tiles

            readonly property real share: (width - (columns - 1) * spacing) / columns

            width: parent.width
            columns: root.portrait ? 2 : 4
            spacing: Theme.gap2

            Repeater {
                model: root.home.tiles

                ThemeTile {
                    required property string id

                    width: tiles.share
                    upright: !root.portrait
                    onClicked: id === "" ? root.navigator.themes() : root.navigator.theme(id)
                }
            }
        }
        Item {
            width: parent.width
            height: people.height

            Label {
                id: whom

                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("按人找")
                font.bold: true
            }
            Row {
                id: people

                readonly property real share: (width - (count.count - 1) * spacing) / Math.max(1, count.count)

                anchors.right: parent.right
                width: parent.width - whom.width - Theme.gap2
                spacing: Theme.gap2

                Repeater {
                    id: count

                    model: root.home.people

                    PersonTile {
                        required property string id

                        width: people.share
                        onClicked: root.navigator.person(id)
                    }
                }
            }
        }
    }
    Column {
        id: right

        readonly property real room: root.portrait ? root.height - left.y - left.height - Theme.gap2 * 2 : root.height - root.stripHeight - Theme.gap2

        x: root.portrait ? Theme.margin : left.x + left.width + Theme.margin
        y: root.portrait ? left.y + left.height + Theme.gap2 : root.height - height - Theme.gap2
        width: root.portrait ? root.width - Theme.margin * 2 : root.width - x - Theme.margin
        spacing: Theme.gap2

        NoticeButton {
            id: notice

            width: parent.width
            visible: root.home.noticeTitle !== ""
            title: root.home.noticeTitle
            onClicked: root.navigator.item(root.home.noticePack, root.home.noticeId)
        }
        Paper {
            id: asked

            readonly property real rowHeight: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap1 * 2)
            readonly property real spare: right.room - (notice.visible ? notice.height + Theme.gap2 : 0) - heading.height - Theme.gap2 * 2
            readonly property int fitting: Math.max(0, Math.min(questions.count, Math.floor(asked.spare / asked.rowHeight), root.portrait ? 6 : 5))

            width: parent.width
            height: heading.height + asked.fitting * asked.rowHeight + Theme.gap2 * 2
            visible: asked.fitting > 0
            raised: false

            Row {
                id: heading

                x: Theme.gap2
                y: Theme.gap2
                height: Theme.title * 1.3
                spacing: Theme.gap1

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    glyph: Glyphs.asked
                    color: Theme.accentText
                }
                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("大家都在问")
                    color: Theme.accentText
                    font.bold: true
                }
            }
            Column {
                x: Theme.gap2
                y: heading.y + heading.height
                width: parent.width - Theme.gap2 * 2

                Repeater {
                    id: questions

                    model: root.home.hot

                    QuestionRow {
                        required property string pack
                        required property string id
                        required property int index

                        width: parent.width
                        height: asked.rowHeight
                        visible: index < asked.fitting
                        onClicked: root.navigator.item(pack, id)
                    }
                }
            }
        }
    }
}
