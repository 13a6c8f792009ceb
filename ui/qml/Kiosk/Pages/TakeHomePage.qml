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

    readonly property real tallest: root.codeSide * 1.55 + (Theme.title + Theme.body + Theme.smallText) * 1.5 + Theme.gap1 * 3    // px of a code with its words
    readonly property string ways: {
        const scans = root.viewModel.count > 0;
        if (root.viewModel.canPrint)
            return scans ? qsTr("打印一张单子，或者用手机扫码。") : qsTr("打印一张单子。");
        return scans ? qsTr("用手机扫码，也可以照着单子抄。") : qsTr("请照着单子抄下来。");
    }

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
    // --- what this page is for, where there is room to say it ---
    Column {
        id: purpose

        x: telephone.x
        y: Theme.gap1
        width: root.telephoneWidth
        spacing: Theme.gap1
        // The same for every code of a slip, so that it does not come and go: the largest is taken for all of them.
        visible: root.viewModel.isDrawn && root.beside && y + height + Theme.gap3 + Math.max(root.tallest, telephone.height) + Theme.gap2 + foot.height + Theme.gap2 <= root.height

        PageTitle {
            width: parent.width
            text: qsTr("带走这件事")
            horizontalAlignment: Text.AlignHCenter
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.ways
            soft: true
            horizontalAlignment: Text.AlignHCenter
        }
    }
    // --- telephone: one code, low enough for somebody who stoops ---
    CodePanel {
        id: telephone

        readonly property real above: purpose.visible ? purpose.y + purpose.height : 0
        readonly property real lowest: foot.y - Theme.gap2 - height

        x: root.width - Theme.margin - width
        y: Math.max(Math.min(above + Theme.gap3, lowest), above + (lowest - above) * (!Theme.portrait ? 0.5 : purpose.visible ? 0.66 : 1))
        width: root.telephoneWidth
        side: root.codeSide
        crowded: root.height < Theme.mm(200)
        takeHome: root.viewModel
        visible: root.viewModel.isDrawn
    }
    Item {
        id: foot

        x: telephone.x
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap2
        width: root.telephoneWidth
        height: next.visible ? next.height : 0

        AppButton {
            id: next

            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.viewModel.isDrawn && root.viewModel.count > 1
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
