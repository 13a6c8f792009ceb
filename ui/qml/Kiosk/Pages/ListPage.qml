// What a theme, or a life stage, holds; chips narrow it.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property BrowseViewModel browse

    readonly property real room: root.width - Theme.margin * 2
    readonly property bool across: !Theme.portrait && root.room >= Theme.body * 38    // what it is stands beside what it holds
    readonly property real most: Theme.lineWidth + Theme.gap5 * 2    // longer lines are hard to read

    // --- what this is, and what narrows it ---
    Component {
        id: heading

        Column {
            width: root.across ? side.width : list.width
            spacing: Theme.gap2
            topPadding: Theme.gap1
            bottomPadding: Theme.gap2
            onHeightChanged: Qt.callLater(list.positionViewAtBeginning)    // chips come after the place was taken

            // On a tall screen the top is for showing only: it hangs higher than a hand likes to go.
            Item {
                width: parent.width
                height: Math.max(named.height, Theme.portrait ? root.Window.height * 0.3 - root.y - Theme.gap2 * 2 : 0)

                Row {
                    id: named

                    anchors.bottom: parent.bottom
                    visible: root.browse.title !== ""
                    spacing: Theme.gap3

                    Rectangle {
                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.portrait ? Theme.mm(34) : Theme.mm(17)
                        height: width
                        radius: Theme.corner * 1.5
                        color: Theme.highContrast ? Theme.ground : Theme.hue(root.browse.hue)
                        border.width: Theme.highContrast ? Theme.border : 0
                        border.color: Theme.ink

                        Icon {
                            anchors.centerIn: parent
                            glyph: root.browse.glyph
                            color: Theme.pictureInk
                            extent: parent.width * 0.68
                        }
                    }
                    Column {
                        anchors.verticalCenter: parent.verticalCenter

                        PageTitle {
                            text: root.browse.title
                        }
                        Words {
                            text: root.browse.narrowed ? qsTr("挑出 %1 条").arg(root.browse.count) : qsTr("一共 %1 条").arg(root.browse.count)
                            soft: true
                        }
                    }
                }
            }
            Flow {
                width: parent.width
                spacing: Theme.gap2

                Repeater {
                    model: root.browse.chips

                    Chip {
                        required property string facet
                        required property string value
                        required property string title

                        text: title
                        onClicked: root.browse.toggle(facet, value)
                    }
                }
            }
        }
    }
    Flickable {
        id: side

        x: Theme.margin
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: root.room - list.width - Theme.gap4
        contentHeight: beside.height + Theme.gap4
        boundsBehavior: Flickable.StopAtBounds
        visible: root.across

        Loader {
            id: beside

            active: root.across
            sourceComponent: heading
        }
    }
    // --- what it holds ---
    ListView {
        id: list

        x: root.across ? root.width - Theme.margin - width : (root.width - width) / 2
        anchors.top: parent.top
        anchors.topMargin: root.across ? Theme.gap1 : 0
        anchors.bottom: parent.bottom
        width: Math.min(root.across ? (root.room - Theme.gap4) * 0.64 : root.room, root.most)
        spacing: Theme.gap2
        boundsBehavior: Flickable.StopAtBounds
        cacheBuffer: 0    // rows made ahead are left dangling when a chip shortens the list
        reuseItems: true
        model: root.browse.cards

        Connections {
            target: root.browse

            function onListed() {
                Qt.callLater(list.positionViewAtBeginning);
            }
        }
        header: root.across ? null : heading
        delegate: ItemCardRow {
            required property string pack
            required property string id

            width: list.width
            onClicked: root.navigator.item(pack, id)
        }
        footer: Item {
            width: list.width
            height: Theme.gap4
        }
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.margin * 2, Theme.body * 24)
        visible: root.browse.count === 0
        glyph: Glyphs.question
        sentence: qsTr("暂无相关信息")
        todo: qsTr("可以回首页换一类，或者拨打12345问。")

        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.browse.narrowed
            text: qsTr("看这一类的全部")
            onClicked: root.browse.showAll()
        }
        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            glyph: Glyphs.search
            text: qsTr("去查一查")
            onClicked: root.navigator.search()
        }
    }
}
