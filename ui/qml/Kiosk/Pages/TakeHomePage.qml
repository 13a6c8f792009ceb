// The slip as it will come out, true to size, and one code at a time for the telephone.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Article
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property Navigator navigator
    required property TakeHomeViewModel viewModel
    readonly property real leastTelephone: Theme.mm(125)    // px, so that most names stay on one line
    readonly property bool beside: !Theme.portrait || width - Theme.margin * 3 - sheet.wanted >= leastTelephone
    readonly property real codeSide: Math.min(Theme.mm(80), Math.max(Theme.mm(60), root.height * 0.28))
    readonly property real telephoneWidth: root.beside ? Math.max(root.leastTelephone, root.width - Theme.margin * 3 - sheet.width) : root.width - Theme.margin * 2

    // --- paper: what will come out, and the button if something would ---
    PaperPane {
        id: sheet

        x: root.beside ? Theme.margin : (root.width - width) / 2
        anchors.top: parent.top
        anchors.bottom: root.beside ? parent.bottom : telephone.top
        anchors.bottomMargin: Theme.gap2
        mostWidth: root.width - Theme.margin * 2 - (root.beside ? Theme.margin + root.leastTelephone : 0)
        takeHome: root.viewModel
        visible: root.viewModel.isDrawn
    }
    // --- telephone: one code, low enough for somebody who stoops ---
    Column {
        id: telephone

        x: root.width - Theme.margin - width
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap2
        width: root.telephoneWidth
        spacing: Theme.gap2
        visible: root.viewModel.isDrawn

        CodePanel {
            width: telephone.width
            side: root.codeSide
            crowded: root.height < Theme.mm(200)
            takeHome: root.viewModel
        }
        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.viewModel.count > 1
            glyph: Glyphs.code
            text: qsTr("下一个（%1/%2）").arg(root.viewModel.number).arg(root.viewModel.count)
            onClicked: root.viewModel.next()
        }
    }
    BusyLine {
        anchors.centerIn: parent
        busy: !root.viewModel.isDrawn && !root.viewModel.hasFailed && root.visible
    }
    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.margin * 2, Theme.body * 24)
        visible: root.viewModel.hasFailed
        sentence: qsTr("这张单子现在做不出来。")
        todo: qsTr("请用笔抄下来，或者请村里工作人员帮忙。")
    }
}
