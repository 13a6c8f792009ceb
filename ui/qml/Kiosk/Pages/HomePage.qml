// Where to begin: a search field, eight themes, whom it is for, what everybody asks, one notice.
pragma ComponentBehavior: Bound

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
    // Where letters are large and the panel is small, four tiles need the whole width: everything stands in one column.
    readonly property bool narrow: !root.portrait && (root.width - Theme.margin * 3) * 0.63 / 4 < Theme.title * 5
    readonly property bool oneColumn: root.portrait || root.narrow
    // On a tall screen the top is for showing only: it hangs higher than a hand likes to go.
    readonly property real showing: Math.max(root.Window.height * 0.3, root.stripHeight + Theme.gap1)

    Flickable {
        id: page

        anchors.fill: parent
        anchors.topMargin: root.narrow ? root.stripHeight : 0    // what scrolls must not pass below the strip
        clip: root.narrow
        contentWidth: width
        contentHeight: root.narrow ? right.y + right.height + Theme.gap2 : height
        interactive: root.narrow
        boundsBehavior: Flickable.StopAtBounds

        VillagePicture {
            id: picture

            x: root.portrait ? 0 : left.width + Theme.margin * 1.5
            width: root.width - x
            height: root.portrait ? root.showing : Math.max(root.height - right.height - Theme.gap2 * 3, 0)
            visible: !root.narrow && !Theme.highContrast
            village: root.home.gate
            besideWords: !root.portrait
        }
        Column {
            id: left

            readonly property real room: root.height - y - Theme.gap2

            x: Theme.margin
            y: root.portrait ? root.showing : root.narrow ? Theme.gap1 : root.stripHeight + Theme.gap1
            width: root.oneColumn ? root.width - Theme.margin * 2 : (root.width - Theme.margin * 3) * 0.63
            spacing: Theme.gap2

            SearchButton {
                id: search

                width: parent.width
                onClicked: root.navigator.search()
            }
            Grid {
                id: tiles

                readonly property real share: (width - (columns - 1) * spacing) / columns
                // side by side with the other column, the tiles take what is left of the height
                readonly property real tall: (left.room - search.height - whom.height - Theme.gap2 * 3) / 2

                width: parent.width
                columns: root.portrait ? 2 : 4
                spacing: Theme.gap2

                Repeater {
                    id: doors

                    model: root.home.tiles

                    ThemeTile {
                        required property string id

                        width: tiles.share
                        height: root.oneColumn ? implicitHeight : Math.max(implicitHeight, tiles.tall)
                        upright: !root.portrait
                        onClicked: id === "" ? root.navigator.themes() : root.navigator.theme(id)
                    }
                }
            }
            Item {
                id: whom

                width: parent.width
                height: people.height
                visible: persons.count > 0

                Label {
                    id: heading

                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("按人找")
                    font.bold: true
                }
                Row {
                    id: people

                    readonly property real share: (width - (persons.count - 1) * spacing) / Math.max(1, persons.count)

                    anchors.right: parent.right
                    width: parent.width - heading.width - Theme.gap2
                    spacing: Theme.gap2

                    Repeater {
                        id: persons

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
        Loader {
            anchors.horizontalCenter: left.horizontalCenter
            y: left.y + left.height + Theme.gap5
            width: Math.min(left.width, Theme.body * 24)
            active: root.home.shown && doors.count === 0

            sourceComponent: EmptyState {
                sentence: qsTr("这台机器里还没有内容")
                todo: qsTr("请找村里工作人员，或者用您自己的手机拨打12345问。")
            }
        }
        Column {
            id: right

            readonly property real room: {
                if (root.narrow)
                    return Infinity;
                return root.portrait ? root.height - left.y - left.height - Theme.gap2 * 2 : root.height - root.stripHeight - Theme.gap2;
            }

            x: root.oneColumn ? Theme.margin : left.x + left.width + Theme.margin
            y: root.oneColumn ? left.y + left.height + Theme.gap2 : root.height - height - Theme.gap2
            width: root.oneColumn ? root.width - Theme.margin * 2 : root.width - x - Theme.margin
            spacing: Theme.gap2

            NoticeButton {
                id: notice

                width: parent.width
                visible: root.home.noticeTitle !== ""
                title: root.home.noticeTitle
                badge: root.home.noticeBadge
                onClicked: root.navigator.item(root.home.noticePack, root.home.noticeId)
            }
            Paper {
                id: asked

                readonly property real usual: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap1 * 2)
                readonly property real spare: right.room - (notice.visible ? notice.height + Theme.gap2 : 0) - title.height - Theme.gap2 * 2
                readonly property int most: root.oneColumn ? questions.count : Math.min(questions.count, 5)
                readonly property int fitting: Math.max(0, Math.min(asked.most, Math.floor(asked.spare / asked.usual)))
                // on a tall screen the questions share what is left, up to half as much again
                readonly property real rowHeight: root.portrait && asked.fitting > 0 ? Math.min(asked.usual * 1.5, asked.spare / asked.fitting) : asked.usual

                width: parent.width
                height: title.height + asked.fitting * asked.rowHeight + Theme.gap2 * 2
                visible: asked.fitting > 0
                raised: false

                Row {
                    id: title

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
                    y: title.y + title.height
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
}
