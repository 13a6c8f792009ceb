// One matter: title, answer, facts, then the tabs; and one thing to do here, which is to take it home.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Article
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property ItemViewModel viewModel
    required property ListeningViewModel listening
    readonly property real half: (width - Theme.margin * 2 - Theme.gap5) / 2
    readonly property bool beside: !Theme.portrait && half >= Theme.body * 18    // room for two columns that can be read
    readonly property real leadWidth: beside ? half : width - Theme.margin * 2

    Loader {
        id: upright

        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        anchors.bottomMargin: action.height
        active: !root.beside
        sourceComponent: UprightItem {
            item: root.viewModel
            listening: root.listening
            onItemRequested: (pack, id) => root.navigator.item(pack, id)
        }
    }
    Loader {
        id: across

        anchors.fill: parent
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        active: root.beside
        sourceComponent: AcrossItem {
            item: root.viewModel
            listening: root.listening
            leadWidth: root.leadWidth
            below: action.height
            onItemRequested: (pack, id) => root.navigator.item(pack, id)
        }
    }
    Rectangle {
        id: action

        x: Theme.margin
        anchors.bottom: parent.bottom
        width: root.leadWidth
        height: takeHome.height + Theme.gap2 * 2
        color: Theme.ground
        visible: root.viewModel.trouble === ""

        MoreBelow {
            x: Theme.leftHanded ? parent.width - width : 0
            anchors.verticalCenter: parent.verticalCenter
            compact: action.width < takeHome.width + Theme.smallText * 12
            of: root.beside ? (across.item as AcrossItem)?.lead ?? null : upright.item as Flickable
        }
        AppButton {
            id: takeHome

            x: Theme.leftHanded ? 0 : parent.width - width
            anchors.verticalCenter: parent.verticalCenter
            accent: true
            glyph: Glyphs.takeHome
            text: qsTr("带走这张单子")
            visible: root.viewModel.trouble === ""
            enabled: root.viewModel.isRead
            onClicked: root.navigator.takeHome()
        }
    }
    BusyLine {
        anchors.centerIn: parent
        busy: root.viewModel.isLoading
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.margin * 2, Theme.body * 24)
        visible: root.viewModel.trouble !== ""
        sentence: root.viewModel.trouble
        todo: root.viewModel.todo
    }
}
