// What a theme, or a life stage, holds; chips narrow it.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property BrowseViewModel browse

    ListView {
        id: list

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width - Theme.margin * 2, Theme.lineWidth + Theme.gap5 * 2)
        spacing: Theme.gap2
        boundsBehavior: Flickable.StopAtBounds
        cacheBuffer: Theme.touchTarget * 6
        reuseItems: true
        model: root.browse.cards

        Connections {
            target: root.browse

            function onStateChanged() {
                list.positionViewAtBeginning();
            }
        }
        header: Column {
            width: list.width
            spacing: Theme.gap2
            topPadding: Theme.gap1
            bottomPadding: Theme.gap2

            PageTitle {
                width: parent.width
                text: root.browse.title
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
