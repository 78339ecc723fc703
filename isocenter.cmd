@echo off
rem Starts Isocenter: builds it when the build is missing, then runs the command given, or opens the operator window.
setlocal
set "ROOT=%~dp0"
set "LAUNCH=%ROOT%target\launch"
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java.exe")
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo isocenter: no Java ^(neither JAVA_HOME nor PATH^): install a JDK 17 or newer 1>&2
  exit /b 2
)
if not exist "%LAUNCH%\classpath" (
  if not exist "%LAUNCH%" mkdir "%LAUNCH%"
  echo isocenter: building; the first time this downloads libraries and takes a few minutes 1>&2
  pushd "%ROOT%"
  call mvnw.cmd -B -ntp -DskipTests -Dspotless.check.skip=true package > "%LAUNCH%\build.log" 2>&1
  if errorlevel 1 (
    popd
    echo isocenter: the build failed ^(%LAUNCH%\build.log^) 1>&2
    exit /b 3
  )
  popd
)
for /f "usebackq delims=" %%L in ("%LAUNCH%\classpath") do set "LIBRARIES=%%L"
set "CLASSPATH=%ROOT%console-app\target\classes;%LIBRARIES%"
if "%~1"=="" (
  "%JAVA%" -XX:+UseZGC org.isocenter.app.Launcher
) else if "%~1"=="screenshots" (
  "%JAVA%" org.isocenter.app.Screenshots %2 %3
) else (
  "%JAVA%" org.isocenter.session.cli.Main %*
)
exit /b %errorlevel%
