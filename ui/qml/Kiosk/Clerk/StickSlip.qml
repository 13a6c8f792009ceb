// One line over the top strip of whatever page is shown: something goes on with a stick. The strip is for showing only,
// so nothing that somebody reads or touches is covered.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property StickViewModel stick
    required property HomeViewModel home
    readonly property bool atClerk: ["clerk", "pin", "history"].includes(root.navigator.page)
    readonly property color ink: root.stick.slipTone === "good" ? Theme.good : Theme.review

    width: parent ? parent.width : 0
    height: Theme.stripHeight
    visible: root.stick.slip !== "" && !root.atClerk

    Binding {
        target: root.Window.window
        property: "stripNeeded"
        value: root.visible
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.ground
    }
    Touchable {
        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        anchors.topMargin: Theme.gap1
        anchors.bottomMargin: Theme.gap1
        text: root.stick.slip
        Accessible.name: root.home.remark === "" ? root.stick.slip : root.stick.slip + "，" + root.home.remark
        onClicked: root.navigator.clerk()

        Paper {
            anchors.fill: parent
            pressed: (parent as Touchable).down
            edge: root.ink
            fill: root.stick.slipTone === "good" ? Theme.goodGround : Theme.reviewGround
        }
        Icon {
            id: sign

            anchors.left: parent.left
            anchors.leftMargin: Theme.gap2
            anchors.verticalCenter: parent.verticalCenter
            glyph: Glyphs.stick
            color: root.ink
        }
        Label {
            anchors.left: sign.right
            anchors.leftMargin: Theme.gap1
            anchors.right: mark.left
            anchors.rightMargin: Theme.gap1
            anchors.verticalCenter: parent.verticalCenter
            text: root.stick.slip
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.smallestText
            font.bold: true
        }
        Mark {
            id: mark

            anchors.right: arrow.left
            anchors.rightMargin: Theme.gap1
            anchors.verticalCenter: parent.verticalCenter
            text: root.home.remark    // of the strip that is covered
        }
        Icon {
            id: arrow

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap2
            anchors.verticalCenter: parent.verticalCenter
            glyph: Glyphs.next
            color: Theme.softInk
        }
    }
}
