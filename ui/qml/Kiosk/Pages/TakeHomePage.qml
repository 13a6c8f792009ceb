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
    readonly property real paperWidth: slip.width + Theme.gap2 * 2
    readonly property real beside: root.width - root.paperWidth - Theme.margin * 3
    readonly property bool isBeside: root.beside >= Theme.mm(96)
    readonly property real codeSide: Math.min(Theme.mm(80), Math.max(Theme.mm(60), root.height * 0.28))

    Flickable {
        id: paper

        anchors.left: parent.left
        anchors.leftMargin: root.isBeside ? Theme.margin : Math.max(Theme.margin, (root.width - width) / 2)
        anchors.top: parent.top
        anchors.bottom: root.isBeside ? parent.bottom : telephone.top
        anchors.bottomMargin: more.implicitHeight + Theme.gap1 * 2
        width: Math.min(root.paperWidth, root.width - Theme.margin * 2)
        contentHeight: sheet.height + Theme.gap1
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Paper {
            id: sheet

            width: root.paperWidth
            height: slip.height + Theme.gap2 * 2
            visible: root.viewModel.isDrawn
            fill: Theme.paper

            Image {
                id: slip

                anchors.centerIn: parent
                source: root.viewModel.preview
                cache: false
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("单子的样子：%1").arg(root.viewModel.title)
            }
        }
    }
    MoreBelow {
        id: more

        anchors.top: paper.bottom
        anchors.topMargin: Theme.gap1
        anchors.horizontalCenter: paper.horizontalCenter
        of: paper
    }
    Column {
        id: telephone

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.left: root.isBeside ? paper.right : parent.left
        anchors.leftMargin: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap2
        spacing: Theme.gap2
        visible: root.viewModel.isDrawn

        CodePanel {
            width: parent.width
            side: root.codeSide
            takeHome: root.viewModel
        }
        Text {
            width: parent.width
            visible: root.viewModel.printWords !== ""
            text: root.viewModel.printWords
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.body
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.gap2
            layoutDirection: Theme.leftHanded ? Qt.RightToLeft : Qt.LeftToRight

            AppButton {
                visible: root.viewModel.count > 1
                glyph: Glyphs.code
                text: qsTr("下一个（%1/%2）").arg(root.viewModel.number).arg(root.viewModel.count)
                onClicked: root.viewModel.next()
            }
            AppButton {
                visible: root.viewModel.canPrint
                accent: true
                glyph: Glyphs.printer
                text: root.viewModel.stage === "printed" ? qsTr("再打印一张") : qsTr("打印这张单子")
                onClicked: root.viewModel.print()
            }
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
