System.Console.Error.WriteLine("usage: PSFineTune.Host SCRIPT [ARGUMENTS] | -Command TEXT");
return 2;
