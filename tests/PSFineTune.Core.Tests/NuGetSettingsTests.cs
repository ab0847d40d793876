using PSFineTune.Runtimes;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>NuGet's settings as NuGet reads them: what each file adds, clears, disables and vouches for.</summary>
public sealed class NuGetSettingsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_of_the_user_comes_after_the_machines_and_may_change_it()
    {
        var sources = Sources(
            """<packageSources><add key="ours" value="https://new.example/v3/index.json" /><add key="disk" value="packages" /></packageSources><disabledPackageSources><add key="theirs" value="true" /></disabledPackageSources>""",
            """<packageSources><add key="Ours" value="https://old.example/v3/index.json" /><add key="theirs" value="https://theirs.example/v3/index.json" /></packageSources>""");
        Assert.Equal([("ours", "https://new.example/v3/index.json"), ("disk", _folder["packages"])], sources.Select(source => (source.Name.ToLowerInvariant(), source.Location)));
    }

    [Fact]
    public void Clear_takes_away_what_was_there()
    {
        Assert.Equal(["mine"], Sources("""<packageSources><clear /><add key="mine" value="https://mine.example/v3/index.json" /></packageSources>""", """<packageSources><add key="theirs" value="https://theirs.example/v3/index.json" /></packageSources>""").Select(source => source.Name));
        Assert.Empty(Sources("""<packageSources><clear /></packageSources>""", """<packageSources><add key="theirs" value="https://theirs.example/v3/index.json" /></packageSources>"""));
    }

    [Fact]
    public void Passwords_in_the_clear_and_of_the_environment_are_used_and_others_refused()
    {
        Environment.SetEnvironmentVariable("PSFINETUNE_TEST_WORD", "from the environment");
        var sources = Sources("""
            <packageSources><add key="a feed" value="https://a.example/v3/index.json" /><add key="b" value="https://b.example/v3/index.json" /><add key="c" value="https://c.example/nuget" /><add key="d" value="http://d.example/v3/index.json" allowInsecureConnections="true" /></packageSources>
            <packageSourceCredentials>
              <a_x0020_feed><add key="Username" value="night" /><add key="ClearTextPassword" value="%PSFINETUNE_TEST_WORD%" /></a_x0020_feed>
              <b><add key="Username" value="night" /><add key="Password" value="AQAAANCMnd8BFdERjHoAwE" /></b>
            </packageSourceCredentials>
            """).ToDictionary(source => source.Name);
        Assert.Equal(("night", "from the environment"), (sources["a feed"].Credential!.UserName, sources["a feed"].Credential!.Password));
        Assert.Contains("encrypted", sources["b"].Refusal!);
        Assert.Contains("version 3", sources["c"].Refusal!);
        Assert.True(sources["d"].AllowInsecure);
        Assert.False(sources["a feed"].AllowInsecure);
    }

    [Theory, InlineData("<configuration>"), InlineData(""), InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><configuration>&e;</configuration>")]
    public void A_file_that_is_no_settings_is_named(string text)
    {
        File.WriteAllText(_folder["nuget.config"], text);
        var fault = Assert.Throws<FineTuneException>(() => NuGetSettings.Sources([_folder["nuget.config"]]));
        Assert.Equal("BadNuGetConfig", fault.Id);
        Assert.Contains(_folder["nuget.config"], fault.Message);
    }

    IReadOnlyList<NuGetSourceSetting> Sources(params string[] files)
    {
        for (var i = 0; i < files.Length; i++) File.WriteAllText(_folder[$"{i}.config"], $"<?xml version=\"1.0\"?><configuration>{files[i]}</configuration>");
        return NuGetSettings.Sources([.. files.Select((_, index) => _folder[$"{index}.config"])]);
    }
}
