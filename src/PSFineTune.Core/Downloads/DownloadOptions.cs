using System.Net;

namespace PSFineTune.Downloads;

/// <summary>How files are fetched. Proxy and certificates are the system's unless said otherwise; certificates are always checked.</summary>
sealed record DownloadOptions
{
    /// <summary>Times that a transfer goes on after it broke off without having come further.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>Silence after which a connection counts as lost.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Before the first retry; doubled for each that follows.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a server may ask to wait before the next try.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait for another process that fetches the same file; infinite by default, for that may be slow.</summary>
    public TimeSpan LockWait { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Plain http also to other machines; this machine itself may always be asked so.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Fetch again what is there already.</summary>
    public bool Replace { get; init; }

    /// <summary>Files are readable for all accounts, whatever the account's own mask, and their folder is meant for several.</summary>
    public bool Shared { get; init; }

    /// <summary>Null for the system's settings.</summary>
    /// <exception cref="FineTuneException">BadProxy: not the address of a proxy.</exception>
    public Uri? Proxy
    {
        get;
        init => field = value is null || (value.IsAbsoluteUri && value.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5" && value.Host.Length > 0) ? value : throw Fault.BadProxy(value.OriginalString);
    }

    public ICredentials? ProxyCredential { get; init; }

    /// <summary>For servers that ask who is there, by address, such as a <see cref="CredentialCache"/>; never sent to another one.</summary>
    public ICredentials? Credential { get; init; }
}
