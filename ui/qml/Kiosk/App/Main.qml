// The window: strip above, one page in the middle, the bar below; and the countdown over all of it.
// It is seen before the pages beyond home are made: those stand in Rooms.qml, which is put into the middle later.
import QtQuick
import QtQuick.Window
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Window {
    id: root

    required property Navigator navigator
    required property HomeViewModel home
    required property AppearanceViewModel appearance
    required property SoundViewModel sound
    required property IdleViewModel idle

    readonly property Item middle: rooms
    readonly property bool atRest: root.navigator.page === "rest"

    title: "Cunkou"
    color: Theme.ground

    Binding {
        target: Theme
        property: "portrait"
        value: root.height > root.width
    }
    Binding {
        target: Theme
        property: "size"
        value: root.appearance.size
    }
    Binding {
        target: Theme
        property: "highContrast"
        value: root.appearance.highContrast
    }
    Binding {
        target: Theme
        property: "leftHanded"
        value: root.appearance.leftHanded
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.appearance.reducedMotion
    }

    PageHost {
        id: pages

        anchors.top: root.navigator.page === "home" || root.atRest || !strip.visible ? parent.top : strip.bottom
        anchors.topMargin: strip.visible ? 0 : Theme.gap1
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: root.atRest ? parent.bottom : bar.top
        mayPrepare: root.home.shown && root.visible

        PageSlot {
            anchors.fill: parent
            name: "rest"
            file: "RestPage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "home": root.home
                })
        }
        PageSlot {
            id: homeSlot

            anchors.fill: parent
            name: "home"
            file: "HomePage"
            navigator: root.navigator
            content: ({
                    "navigator": root.navigator,
                    "home": root.home
                })
        }
        Item {
            id: rooms

            anchors.fill: parent
        }
    }
    TopStrip {
        id: strip

        // Where few lines fit, what is read comes before whose kiosk it is.
        visible: root.atRest || root.navigator.page === "home" || root.height > Theme.body * 24

        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        village: root.home.village
        today: root.home.today
        updated: root.home.updated
        soundOn: root.sound.isAvailable
    }
    Binding {
        target: homeSlot.item
        when: homeSlot.item !== null
        property: "stripHeight"
        value: strip.height
    }
    BottomBar {
        id: bar

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        visible: !root.atRest
        page: root.navigator.page
        canGoBack: root.navigator.canGoBack
        canListen: root.sound.canListen
        listening: root.sound.isMoving
        onBackRequested: root.navigator.back()
        onHomeRequested: root.navigator.home()
        onListenRequested: root.sound.listen()
        onSizeRequested: root.navigator.size()
        onHelpRequested: root.navigator.help()
    }
    Countdown {
        anchors.fill: parent
        seconds: root.idle.seconds
        onStayRequested: root.idle.stay()
        onLeaveRequested: root.idle.leave()
    }
}
