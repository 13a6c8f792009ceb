; Inno Setup 6: NOT YET RUN ON WINDOWS. Packs what PyInstaller has laid into dist\cunkou.
[Setup]
AppId=cn.cunkou.kiosk
AppName=村口 Cunkou
AppVersion=0.1.0
DefaultDirName={autopf}\Cunkou
DisableProgramGroupPage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
PrivilegesRequired=admin
LicenseFile=..\..\LICENSE
OutputBaseFilename=cunkou-0.1.0-setup
Compression=lzma2
SolidCompression=yes

[Files]
Source: "..\..\dist\cunkou\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "..\..\docs\windows.md"; DestDir: "{app}"

[Icons]
Name: "{autoprograms}\村口"; Filename: "{app}\cunkou-kiosk.exe"
