from apitest.cli import main

main(prog_name="apitest")
