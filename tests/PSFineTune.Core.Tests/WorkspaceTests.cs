using Xunit;

namespace PSFineTune.Tests;

/// <summary>Where runs are kept where nothing says so. Alone, for the variable is the whole process's.</summary>
[Collection(nameof(Alone))]
public class WorkspaceTests
{
    [Fact]
    public void The_workspace_is_the_named_one_or_in_the_users_data()
    {
        var before = Environment.GetEnvironmentVariable(Workspace.Variable);
        try
        {
            Environment.SetEnvironmentVariable(Workspace.Variable, "some/where");
            Assert.Equal(Path.GetFullPath("some/where"), Workspace.Default);
            Environment.SetEnvironmentVariable(Workspace.Variable, null);
            Assert.Equal("PSFineTune", Path.GetFileName(Workspace.Default));
            Assert.True(Path.IsPathFullyQualified(Workspace.Default));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Workspace.Variable, before);
        }
    }
}
