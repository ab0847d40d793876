using Xunit;

namespace PSFineTune.Tests;

/// <summary>Tests that change what the whole process has, such as a variable of the environment: no other runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
