// One question a page; below it, always at the same place, the way back and the way on.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Rectangle {
    id: root

    required property SetupViewModel setup
    readonly property string step: root.setup.step
    readonly property real roomBelow: question.height - ((question.item as Flickable)?.contentHeight ?? question.height)

    color: Theme.ground

    MouseArea {
        anchors.fill: parent    // nothing beneath is touched
    }
    Label {
        id: progress

        x: Theme.margin
        y: Theme.gap2
        text: root.setup.progress
        color: Theme.softInk
        font.pixelSize: Theme.smallText
    }
    Loader {
        id: gate    // upright, where a question leaves the lower half empty

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: message.top
        height: root.height * 0.36
        active: Theme.portrait && root.roomBelow > gate.height + Theme.gap4
        sourceComponent: VillagePicture {
            village: qsTr("村口")
        }
    }
    Loader {
        id: question

        anchors.top: progress.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: message.top
        anchors.topMargin: Theme.portrait && root.step !== "welcome" ? root.height * 0.12 : Theme.gap1    // within reach
        anchors.bottomMargin: Theme.gap1
        sourceComponent: root.step === "village" ? village : root.step === "region" ? region : root.step === "screen" ? panel : root.step === "printer" ? printer : root.step === "voice" ? voice : root.step === "pin" ? pin : root.step === "done" ? done : welcome
    }
    Item {
        id: message

        readonly property bool isSaid: words.text !== "" && root.step !== "pin"    // that page says it beside its keys

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: bar.top
        height: message.isSaid ? words.implicitHeight + Theme.gap1 : 0

        Words {
            id: words

            x: Theme.margin
            width: parent.width - Theme.margin * 2
            visible: message.isSaid
            text: root.setup.message
            color: Theme.accentText
            font.bold: true
        }
    }
    Rectangle {
        id: bar

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.touchTarget + Theme.gap2 * 2
        color: Theme.bar

        Rectangle {
            width: parent.width
            height: Theme.border
            color: Theme.cardEdge
        }
        AppButton {
            x: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            height: Theme.touchTarget
            visible: root.step !== "welcome"
            enabled: !root.setup.busy
            glyph: Glyphs.back
            text: qsTr("上一步")
            onClicked: root.setup.back()
        }
        AppButton {
            anchors.right: onward.left
            anchors.rightMargin: Theme.gap2
            anchors.verticalCenter: parent.verticalCenter
            height: Theme.touchTarget
            visible: root.step !== "welcome" && root.step !== "done"
            enabled: !root.setup.busy
            text: qsTr("跳过")
            onClicked: root.setup.skip()
        }
        AppButton {
            id: onward

            anchors.right: parent.right
            anchors.rightMargin: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            height: Theme.touchTarget
            enabled: root.setup.canGoOn
            accent: true
            text: root.step === "welcome" ? qsTr("开始") : root.step === "done" ? qsTr("都对，用起来") : qsTr("下一步")
            onClicked: root.setup.next()
        }
    }
    Component {
        id: welcome

        WelcomeStep {}
    }
    Component {
        id: village

        VillageStep {
            setup: root.setup
        }
    }
    Component {
        id: region

        RegionStep {
            setup: root.setup
        }
    }
    Component {
        id: panel

        ScreenStep {
            setup: root.setup
        }
    }
    Component {
        id: printer

        PrinterStep {
            setup: root.setup
        }
    }
    Component {
        id: voice

        VoiceStep {
            setup: root.setup
        }
    }
    Component {
        id: pin

        PinStep {
            setup: root.setup
        }
    }
    Component {
        id: done

        DoneStep {
            setup: root.setup
        }
    }
}
