// Never moves, never scrolls: 返回 · 首页 · 听一听 · 字大小 · 帮助. The left-handed setting mirrors it.
import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    property bool canGoBack: false
    property bool canListen: false
    property bool listening: false
    property string page: ""

    signal backRequested
    signal homeRequested
    signal listenRequested
    signal sizeRequested
    signal helpRequested

    implicitHeight: Theme.barHeight
    color: Theme.bar

    Rectangle {
        width: parent.width
        height: Theme.border
        color: Theme.cardEdge
    }
    Row {
        id: buttons

        readonly property real share: (width - 4 * spacing) / 5

        anchors.fill: parent
        anchors.topMargin: Theme.border
        spacing: Theme.gap2
        layoutDirection: Theme.leftHanded ? Qt.RightToLeft : Qt.LeftToRight

        BarButton {
            width: buttons.share
            height: buttons.height
            glyph: Glyphs.back
            text: qsTr("返回")
            enabled: root.canGoBack
            onClicked: root.backRequested()
        }
        BarButton {
            width: buttons.share
            height: buttons.height
            glyph: Glyphs.home
            text: qsTr("首页")
            lit: root.page === "home"
            onClicked: root.homeRequested()
        }
        BarButton {
            width: buttons.share
            height: buttons.height
            glyph: root.listening ? Glyphs.pause : Glyphs.listen
            text: root.listening ? qsTr("停一下") : qsTr("听一听")
            enabled: root.canListen
            lit: root.listening
            onClicked: root.listenRequested()
        }
        BarButton {
            width: buttons.share
            height: buttons.height
            glyph: Glyphs.size
            text: qsTr("字大小")
            lit: root.page === "size"
            onClicked: root.sizeRequested()
        }
        BarButton {
            width: buttons.share
            height: buttons.height
            glyph: Glyphs.help
            text: qsTr("帮助")
            lit: root.page === "help"
            onClicked: root.helpRequested()
        }
    }
}
