using System.Diagnostics;
using Xunit;

namespace PSFineTune.Hosting.Tests;

public sealed class HostTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("function Leave { exit 4 }; Leave; 'unreached'", 4)]
    [InlineData("Write-Error 'x'", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'; Write-Error 'x'; exit 5", 1)]
    [InlineData("dotnet nonesuch *> $null; if ($LASTEXITCODE -eq 0) { throw 'no exit code' }", 0)]
    [InlineData("this is { no script", 1)]
    [InlineData("$Host.SetShouldExit(6)", 6)]
    public void A_script_ends_with_the_exit_code_of_pwsh_File(string script, int expected) =>
        Assert.Equal(expected, HostProcess.RunScript(_folder, script).ExitCode);

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Get-Item nonesuch", 1)]
    [InlineData("Get-Item nonesuch; 1", 0)]
    public void A_command_ends_with_the_exit_code_of_its_last_statement(string command, int expected) =>
        Assert.Equal(expected, HostProcess.Run(_folder, "-Command", command).ExitCode);

    [Fact]
    public void The_engine_reports_nothing_to_its_maker() =>
        Assert.Equal("False\n", HostProcess.Run(_folder, "-Command", "[Microsoft.PowerShell.Telemetry.ApplicationInsightsTelemetry]::CanSendTelemetry").Output);

    [Fact]
    public void A_wrong_command_line_is_told_and_has_its_own_exit_code()
    {
        var result = HostProcess.Run(_folder, "nonesuch.ps1");
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("There is no script 'nonesuch.ps1'.", result.Error, StringComparison.Ordinal);
        Assert.Equal(64, HostProcess.Run(_folder).ExitCode);
        Assert.Equal(64, HostProcess.Run(_folder, "-Bogus").ExitCode);
        Assert.Contains("usage:", HostProcess.Run(_folder, "-Help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_and_errors_part_and_carry_no_escape_sequence()
    {
        var result = HostProcess.RunScript(_folder, """
            [pscustomobject]@{ Name = 'chair'; Count = 2 }
            Write-Host "${PSStyle.Foreground.Red}red" -ForegroundColor Red
            "$($PSStyle.Foreground.Blue)blue"
            Write-Warning careful
            Write-Verbose wordy -Verbose
            Write-Error broken
            Get-Item nonesuch
            """);
        Assert.DoesNotContain('\e', result.Output + result.Error);
        Assert.Matches(@"(?s)Name\s+Count.*chair\s+2.*blue", result.Output);
        Assert.Contains("red\nWARNING: careful\nVERBOSE: wordy\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?s)Write-Error: .*script\.ps1:6.*broken.*Get-Item: .*nonesuch", result.Error);
        Assert.DoesNotContain("broken", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("chair", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Redirected_progress_is_lines_on_standard_error()
    {
        var result = HostProcess.RunScript(_folder, """
            1..50 | ForEach-Object { Write-Progress -Activity Training -Status "epoch $_" -PercentComplete $_ -SecondsRemaining 75 }
            Write-Progress -Activity Training -Completed
            """);
        Assert.Equal("", result.Output);
        var lines = result.Error.TrimEnd().Split('\n');
        Assert.Equal("Training: epoch 1, 1%, 1:15 left", lines[0]);
        Assert.Equal("Training: completed", lines[^1]);
        Assert.InRange(lines.Length, 2, 49);
    }

    [Fact]
    public void Arguments_bind_to_the_parameters_of_the_script()
    {
        var script = "param([string]$Path, [int]$Count = 1, [switch]$Flag, [switch]$Other) \"$Path $Count $Flag $Other $((Split-Path $PSScriptRoot -Leaf).Length -gt 0) $(Split-Path $PSCommandPath -Leaf)\"";
        Assert.Equal("a b 7 True False True script.ps1\n", HostProcess.RunScript(_folder, script, "-Path", "a b", "-Flag", "-Count:", "7", "-Other:$false").Output);
        Assert.Equal("x 2 False False True script.ps1\n", HostProcess.RunScript(_folder, script, "x", "2").Output);
        Assert.Equal("2|-5|y\n", HostProcess.RunScript(_folder, "\"$($args.Count)|\" + ($args -join '|')", "-5", "y").Output);
        Assert.Equal(1, HostProcess.RunScript(_folder, "[CmdletBinding()] " + script, "-Bogus", "1").ExitCode);
    }

    [Fact]
    public void A_parameter_that_a_stand_in_does_not_know_is_an_error()
    {
        var result = HostProcess.RunScript(_folder, "$ErrorActionPreference = 'Stop'; 1 | Sort-Object -Culture de");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("A parameter cannot be found that matches parameter name 'Culture'.", result.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Redirection_writes_plain_text_to_files()
    {
        var result = HostProcess.RunScript(_folder, "[pscustomobject]@{ A = 1 } > out.txt; 'more' >> out.txt; Get-Item nonesuch 2> err.txt; Get-Content out.txt | Select-Object -Last 1");
        Assert.Equal(("more\n", ""), (result.Output, result.Error));
        Assert.Matches(@"^\s*A\s+-\s+1\s+more\s*$", File.ReadAllText(_folder["out.txt"]));
        Assert.Contains("nonesuch", File.ReadAllText(_folder["err.txt"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Read-Host Name")]
    [InlineData("$Host.UI.PromptForChoice('', 'Sure?', @('&Yes', '&No'), 0)")]
    [InlineData("function Ask { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() if ($PSCmdlet.ShouldProcess('x')) { 'went' } }; Ask")]
    [InlineData("function Need { param([Parameter(Mandatory)] $X) 'went' }; Need")]
    public void A_question_that_nobody_can_answer_is_an_error(string script)
    {
        var result = HostProcess.Run(_folder, "-NonInteractive", _folder.Write("script.ps1", "$ErrorActionPreference = 'Stop'; " + script));
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Matches("NonInteractive mode|missing mandatory parameters", result.Error.ReplaceLineEndings(" ").Replace("     |", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_stops_the_script_and_lets_it_clean_up(string signal, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        using var process = HostProcess.Start(_folder, _folder.Write("script.ps1", "try { 'ready'; Start-Sleep 300; 'unreached' } finally { Set-Content left.txt cleaned }"));
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
        var result = HostProcess.Finish(process);
        Assert.Equal((expected, ""), (result.ExitCode, result.Output));
        Assert.Equal("cleaned", File.ReadAllText(_folder["left.txt"]).Trim());
    }

    [Fact]
    public void A_module_is_found_by_name_and_loaded_when_its_command_is_used()
    {
        _folder.Write("modules/Tiny/Tiny.psd1", "@{ RootModule = 'Tiny.psm1'; ModuleVersion = '1.0'; FunctionsToExport = 'Get-Tiny' }");
        _folder.Write("modules/Tiny/Tiny.psm1", "function Get-Tiny { 'tiny' }");
        Assert.Equal("tiny\n", HostProcess.RunScript(_folder, "Import-Module Tiny; Get-Tiny").Output);
        Assert.Equal("tiny\n", HostProcess.RunScript(_folder, "Get-Tiny").Output);
    }

    [Fact]
    public void Modules_are_looked_for_beside_the_host_and_where_the_build_stages_them()
    {
        Directory.CreateDirectory(_folder["artifacts/module"]);
        Directory.CreateDirectory(_folder["artifacts/bin/host/modules"]);
        Assert.Equal([_folder["artifacts/bin/host/modules"], _folder["artifacts/module"]], ModuleFolders.Find(_folder["artifacts/bin/host"]).Take(2));
    }
}
